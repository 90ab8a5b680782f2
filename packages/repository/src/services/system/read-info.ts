import type { Actor } from '../../domain/access/actor.ts'
import type { Clock } from '../../domain/clock.ts'
import { requireAdministrator } from '../access/require-allowed.ts'

/** What is told of a running repository. */
export interface SystemInfo {
  readonly startedAt: Date
  readonly uptimeSeconds: number
}

/**
 * Tells since when the repository has been open; for administrators (RestContract actuator.md).
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readInfo(deps: { clock: Clock }) {
  const startedAt = deps.clock()
  return (actor: Actor): SystemInfo => {
    requireAdministrator(actor, { kind: 'repository', id: null }, 'read')
    return {
      startedAt,
      uptimeSeconds: Math.round((deps.clock().getTime() - startedAt.getTime()) / 1000),
    }
  }
}
