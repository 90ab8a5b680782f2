import type { Actor } from '../../domain/access/actor.ts'
import { notFound } from '../../domain/errors.ts'
import type { Group } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireMayReadGroup } from './may-read-group.ts'

/**
 * Reads a group: for its members and those who manage accounts.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readGroup(deps: { reading: Pick<Reading, 'groups'> }) {
  return async (actor: Actor, id: string): Promise<Group> => {
    requireMayReadGroup(actor, id)
    const group = await deps.reading.groups.find(id)
    if (group === undefined) throw notFound('group', id)
    return group
  }
}
