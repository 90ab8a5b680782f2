import { randomUUID } from 'node:crypto'
import type { Actor } from '../../domain/access/actor.ts'
import type { Clock } from '../../domain/clock.ts'
import { invalid } from '../../domain/errors.ts'
import type { Metadata } from '../../domain/metadata/metadata.ts'
import type { Group } from '../../domain/records/record.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'
import { requireKnownMetadata } from '../metadata/require-known-fields.ts'

export interface NewGroup {
  readonly name: string
  readonly metadata: Metadata
  /** Nobody can make a permanent group: refused when true. */
  readonly permanent?: boolean
}

/**
 * Makes an empty group; for administrators (RestContract epersongroups.md, "Create new EPerson Group").
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `INVALID` with `field`, `FIELD_UNKNOWN`, `CONFLICT` when the name is
 * taken
 */
export function createGroup(deps: { unitOfWork: UnitOfWork; clock: Clock }) {
  return async (actor: Actor, input: NewGroup): Promise<Group> => {
    requireAdministrator(actor, { kind: 'group', id: null })
    const name = input.name.trim()
    if (name === '') throw invalid('A group needs a name', 'name')
    if (input.permanent === true) throw invalid('No further group can be permanent', 'permanent')
    const now = deps.clock()
    const group: Group = {
      kind: 'group',
      id: randomUUID(),
      name,
      permanent: false,
      metadata: input.metadata,
      version: 1,
      createdAt: now,
      modifiedAt: now,
    }
    await deps.unitOfWork(async (tx) => {
      await requireKnownMetadata(tx.fields, input.metadata)
      await tx.groups.insert(group)
    })
    return group
  }
}
