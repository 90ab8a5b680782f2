import type { Community } from '@hexapla/repository'
import { recordProperties } from '../hal/record-properties.ts'
import { embedFound, embedMany, embedOne, type ResourceType } from '../hal/resource.ts'

const idOf = (community: Community) => community.id

/** Communities (RestContract communities.md, "Single Community"). */
export const communityResource: ResourceType<Community> = {
  type: 'community',
  plural: 'communities',
  id: idOf,
  path: (community) => `core/communities/${community.id}`,
  version: (community) => community.version,
  properties: (community, view) => ({
    ...recordProperties(community, view, { handle: community.handle }),
    // Item counts are not shown, which the original says by -1 (webui.strengths.show = false).
    archivedItemsCount: -1,
    type: 'community',
    uniqueType: 'core.community',
  }),
  links: [
    {
      name: 'adminGroup',
      embed: embedFound('group', idOf, (view, ids) => view.related.roleGroups('admin', ids)),
    },
    {
      name: 'collections',
      embed: embedMany('collection', idOf, (view, ids, size) => view.related.collectionsOf(ids, size)),
    },
    {
      name: 'logo',
      embed: embedOne(
        'bitstream',
        idOf,
        (community: Community) => community.logoId,
        (view, ids) => view.related.bitstreams(ids),
      ),
    },
    {
      name: 'parentCommunity',
      embed: embedOne(
        'community',
        idOf,
        (community: Community) => community.parentId,
        (view, ids) => view.related.communities(ids),
      ),
    },
    {
      name: 'subcommunities',
      embed: embedMany('community', idOf, (view, ids, size) => view.related.subcommunities(ids, size)),
    },
  ],
}
