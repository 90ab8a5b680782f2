import type { Group } from '@hexapla/repository'
import { recordProperties } from '../hal/record-properties.ts'
import { embedMany, resource, type Embed, type ResourceType } from '../hal/resource.ts'

const idOf = (group: Group) => group.id

/** Groups (RestContract epersongroups.md, "Single Group"). */
export const groupResource: ResourceType<Group> = {
  type: 'group',
  plural: 'groups',
  id: idOf,
  path: (group) => `eperson/groups/${group.id}`,
  version: (group) => group.version,
  properties: (group, view) => ({
    ...recordProperties(group, view, { name: group.name }),
    permanent: group.permanent,
    type: 'group',
    uniqueType: 'eperson.group',
  }),
  links: [
    {
      name: 'epersons',
      embed: embedMany('person', idOf, (view, ids, size) => view.related.membersOfGroups(ids, size)),
    },
    { name: 'object', embed: embedContainer() },
    {
      name: 'subgroups',
      embed: embedMany('group', idOf, (view, ids, size) => view.related.subgroupsOfGroups(ids, size)),
    },
  ],
}

/** A group's role may be in a community or in a collection, so the kind is not known before. */
function embedContainer(): Embed<Group> {
  return {
    kind: 'one',
    async load(view, groups) {
      const containers = await view.related.containersOfGroups(groups.map(idOf))
      const { community, collection } = view.types
      return new Map(
        [...containers].map(([groupId, container]) => [
          groupId,
          container.kind === 'community' ? resource(community, container) : resource(collection, container),
        ]),
      )
    },
  }
}
