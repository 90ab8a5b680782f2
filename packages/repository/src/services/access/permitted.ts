import type { Actor } from '../../domain/access/actor.ts'
import type { Permission } from '../../domain/access/permission.ts'
import { requirePermission } from './require-allowed.ts'

/**
 * A use case for those alone whose roles hold a permission. What it asks of policies, it asks besides.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`
 * @example
 * const read = permitted('ISLANDORA_REST_OBJECT_GET_PERM', readObject(deps))
 */
export function permitted<Input, Result>(
  permission: Permission,
  work: (actor: Actor, input: Input) => Promise<Result>,
): (actor: Actor, input: Input) => Promise<Result> {
  return async (actor, input) => {
    requirePermission(actor, permission)
    return work(actor, input)
  }
}
