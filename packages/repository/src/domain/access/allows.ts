import type { Actor } from './actor.ts'
import type { Action, Policy } from './policy.ts'
import { reaches, scopeOf } from './scope.ts'

/** What must be known of a resource to decide on it. */
export interface AccessFacts {
  /**
   * The communities or collections whose administrators rule over the resource: itself for a community or
   * collection, the owning collection for an item and all within it. `Actor.administers` is closed downwards, so
   * the nearest one is enough.
   */
  readonly containerIds: readonly string[]
  readonly policies: readonly Policy[]
  /** The policies on the bundle and item that it lies in, of which only ADMIN counts; absent outside items. */
  readonly above?: readonly Policy[]
}

/**
 * Whether an actor may do something to a resource. Denies unless something grants. Who administers a resource may do
 * everything to it and to all within it (AuthorizeServiceImpl.isAdmin of the original).
 *
 * Its twin for lists and searches is `grantsOf`, which states the same rule as data for SQL; a generated test
 * proves that they agree.
 *
 * @param today the current day, `YYYY-MM-DD`
 */
export function allows(actor: Actor, action: Action, facts: AccessFacts, today: string): boolean {
  if (!reaches(actor, scopeOf(action))) return false
  if (actor.isAdministrator) return true
  if (facts.containerIds.some((id) => actor.administers.includes(id))) return true
  const grants = (wanted: Action) => (policy: Policy) =>
    policy.action === wanted && isInForce(policy, today) && names(policy, actor)
  return (
    facts.policies.some(grants(action)) || [...facts.policies, ...(facts.above ?? [])].some(grants('ADMIN'))
  )
}

/** Whether a policy is about the actor, as a person or as a member of a group. */
export function names(
  { personId, groupId }: Pick<Policy, 'personId' | 'groupId'>,
  actor: Pick<Actor, 'personId' | 'groupIds'>,
): boolean {
  return (
    (groupId !== null && actor.groupIds.includes(groupId)) ||
    (personId !== null && personId === actor.personId)
  )
}

/** Whether the day lies within the policy's dates. */
export function isInForce(policy: Policy, today: string): boolean {
  return (
    (policy.startDate === null || compareDays(policy.startDate, today) <= 0) &&
    (policy.endDate === null || compareDays(policy.endDate, today) >= 0)
  )
}

/** ISO days compare as text, but for years of more than four digits ("for ever" is often the year 10000). */
function compareDays(one: string, other: string): number {
  if (one.length !== other.length) return one.length - other.length
  if (one === other) return 0
  return one < other ? -1 : 1
}
