import type { Group } from '@hexapla/repository'
import { recordProperties } from '../hal/record-properties.ts'
import type { ResourceType } from '../hal/resource.ts'

/** Groups (RestContract epersongroups.md, "Single Group"). */
export const groupResource: ResourceType<Group> = {
  type: 'group',
  plural: 'groups',
  id: (group) => group.id,
  path: (group) => `eperson/groups/${group.id}`,
  version: (group) => group.version,
  properties: (group, view) => ({
    ...recordProperties(group, view, { name: group.name }),
    permanent: group.permanent,
    type: 'group',
    uniqueType: 'eperson.group',
  }),
  links: [{ name: 'epersons' }, { name: 'object' }, { name: 'subgroups' }],
}
