import { ADMINISTRATOR_GROUP, ANONYMOUS_GROUP, type Actor } from '../../src/domain/access/actor.ts'
import type { Action, NewPolicy } from '../../src/domain/access/policy.ts'
import type { Resource, World } from './access-world.ts'

/**
 * The rule of access told a third time, slowly and from the plain facts of a generated world, to catch what both
 * halves of the product's rule could have wrong together.
 *
 * @param today the day on which all is decided, `YYYY-MM-DD`; who administers a container is always decided on a day
 * between 2001 and 2999
 */
export function accessOracle(world: World) {
  const resources = new Map(world.resources.map((resource) => [resource.id, resource]))
  return (
    { personId, scope }: Pick<Actor, 'personId' | 'scope'>,
    action: Action,
    resource: Resource,
    today: string,
  ): boolean => {
    if (scope === 'read' && !action.endsWith('READ')) return false
    if (scope === 'read' && action.startsWith('DEFAULT')) return false
    const groups = groupsOf(world, personId)
    if (groups.has(ADMINISTRATOR_GROUP)) return true
    const grants = (policy: NewPolicy, wanted: Action, on: Resource, day: string): boolean =>
      policy.resourceId === on.id &&
      policy.action === wanted &&
      !(policy.startDate !== null && day < policy.startDate) &&
      !(policy.endDate !== null && day > policy.endDate) &&
      (policy.groupId === null ? policy.personId === personId : groups.has(policy.groupId))
    if (world.policies.some((policy) => grants(policy, action, resource, today))) return true
    return [...upwards(resources, resource)].some((ruled) => {
      const day = ruled.kind === 'community' || ruled.kind === 'collection' ? '2500-01-01' : today
      return world.policies.some((policy) => grants(policy, 'ADMIN', ruled, day))
    })
  }
}

function groupsOf(world: World, personId: string | null): ReadonlySet<string> {
  const found = new Set([ANONYMOUS_GROUP])
  for (const [group, members] of world.members) {
    if (personId !== null && members.includes(personId)) found.add(group)
  }
  for (let before = 0; before < found.size;) {
    before = found.size
    for (const [group, subgroups] of world.subgroups) {
      if (subgroups.some((subgroup) => found.has(subgroup))) found.add(group)
    }
  }
  return found
}

function* upwards(resources: ReadonlyMap<string, Resource>, from: Resource): Generator<Resource> {
  yield from
  const parent = from.parentId === null ? undefined : resources.get(from.parentId)
  if (parent !== undefined) yield* upwards(resources, parent)
}
