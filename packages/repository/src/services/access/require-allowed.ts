import { allows, type AccessFacts } from '../../domain/access/allows.ts'
import type { Actor } from '../../domain/access/actor.ts'
import { holds, type Permission } from '../../domain/access/permission.ts'
import type { Action } from '../../domain/access/policy.ts'
import { reaches, type Scope } from '../../domain/access/scope.ts'
import { DomainError } from '../../domain/errors.ts'

/** What a use case is about to touch, for the error. */
export interface Touched {
  /** A kind of record or what else the use case is about, e.g. `item`. */
  readonly kind: string
  /** The identifier, or null where there is none yet. */
  readonly id: string | null
}

/**
 * Refuses an action that the actor may not do to a resource. Every use case calls it, or one of its siblings here,
 * before anything else happens.
 *
 * @param today the current day, `YYYY-MM-DD`
 * @throws DomainError `NOT_SIGNED_IN` to an anonymous visitor, `NOT_ALLOWED` to a known person
 */
export function requireAllowed(
  actor: Actor,
  action: Action,
  access: AccessFacts,
  today: string,
  what: Touched,
): void {
  if (!allows(actor, action, access, today)) throw refusal(actor, action, what)
}

/**
 * Refuses everybody but administrators of the whole repository.
 *
 * @param needed the scope that it takes of a token
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function requireAdministrator(
  actor: Actor,
  what: Touched = REPOSITORY,
  needed: Scope = 'admin',
): void {
  if (!actor.isAdministrator || !reaches(actor, needed)) throw refusal(actor, 'ADMIN', what)
}

/**
 * Refuses a token that does not reach to people, groups, policies and tokens, whatever its person may.
 *
 * @throws DomainError `NOT_ALLOWED`
 */
export function requireAdminScope(actor: Actor, what: Touched): void {
  if (!reaches(actor, 'admin')) throw refusal(actor, 'ADMIN', what)
}

/**
 * Refuses anonymous visitors.
 *
 * @throws DomainError `NOT_SIGNED_IN`
 */
export function requireSignedIn(actor: Actor, what: Touched = REPOSITORY): void {
  // The system acts without being a person.
  if (actor.personId === null && !actor.isAdministrator) throw refusal(actor, 'READ', what)
}

/**
 * Refuses everybody whose roles do not hold a permission. Policies are asked besides.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, with `permission`
 */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (holds(actor, permission)) return
  throw actor.personId === null
    ? new DomainError('NOT_SIGNED_IN', `Visitors do not have the permission ${permission}`, { permission })
    : new DomainError('NOT_ALLOWED', `You do not have the permission ${permission}${meansOf(actor)}`, {
        permission,
      })
}

/**
 * The error for an actor who may not do something: another one before and after signing in.
 *
 * @param action one of the policies' actions, or what else was wanted
 */
export function refusal(actor: Actor, action: string, what: Touched): DomainError {
  const thing = what.id === null ? what.kind : `${what.kind} ${what.id}`
  const data = { action, kind: what.kind, id: what.id }
  return actor.personId === null
    ? new DomainError(
        'NOT_SIGNED_IN',
        `${action} of ${thing} is not open to visitors who have not signed in`,
        data,
      )
    : new DomainError('NOT_ALLOWED', `You may not ${action} ${thing}${meansOf(actor)}`, data)
}

/** A token may reach less far than its person. */
function meansOf({ scope }: Actor): string {
  return scope === 'admin' ? '' : ` with a token of the scope ${scope}`
}

const REPOSITORY: Touched = { kind: 'repository', id: null }
