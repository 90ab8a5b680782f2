import type { Actor } from './actor.ts'
import type { Action } from './policy.ts'
import { reaches, scopeOf } from './scope.ts'

/**
 * The rule of `allows` as data, for the store to turn into an SQL condition: a resource qualifies when one of its
 * containers is administered, or when a policy in force names the person or one of the groups, for `action` on the
 * resource or for ADMIN on it or on what it lies in.
 */
export type Grants =
  | { readonly kind: 'everything' }
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'granted'
      readonly action: Action
      readonly personId: string | null
      readonly groupIds: readonly string[]
      readonly administers: readonly string[]
      /** The current day, `YYYY-MM-DD`. */
      readonly today: string
    }

/** What the actor may do `action` to, for lists and searches. */
export function grantsOf(actor: Actor, action: Action, today: string): Grants {
  if (!reaches(actor, scopeOf(action))) return { kind: 'nothing' }
  if (actor.isAdministrator) return { kind: 'everything' }
  return {
    kind: 'granted',
    action,
    personId: actor.personId,
    groupIds: actor.groupIds,
    administers: actor.administers,
    today,
  }
}
