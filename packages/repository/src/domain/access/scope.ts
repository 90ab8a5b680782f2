import type { Actor } from './actor.ts'
import type { Action } from './policy.ts'

/**
 * How far whoever presents a token reaches, each scope further than the one before:
 * `read` sees records; `write` changes records too; `admin` is all that the person may, people, groups, policies,
 * tokens, registries and the site among it.
 */
export const SCOPES = ['read', 'write', 'admin'] as const

export type Scope = (typeof SCOPES)[number]

/** The scope that an action on a record takes. What changes people, groups or policies asks for `admin` itself. */
export function scopeOf(action: Action): Scope {
  return action === 'READ' || action === 'WITHDRAWN_READ' ? 'read' : 'write'
}

/** Whether what the actor presented reaches as far as is needed. */
export function reaches({ scope }: Pick<Actor, 'scope'>, needed: Scope): boolean {
  return SCOPES.indexOf(scope) >= SCOPES.indexOf(needed)
}
