import { conflict } from '../../domain/errors.ts'
import type { RepositoryObject } from '../../domain/objects/repository-object.ts'
import type { Collection, Community } from '../../domain/records/record.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { changeCollection } from '../collections/change-collection.ts'
import { changeCommunity } from '../communities/change-community.ts'
import type { PidChange } from './triple-change.ts'
import { communityFor, namedCommunity } from './community-for.ts'
import type { TripleWork } from './triple-work.ts'

type ContainerObject = RepositoryObject & { readonly record: Collection | Community }

/**
 * Moves a collection or community to the community that its membership names: for those who administer it, may REMOVE it
 * from where it is and ADD it there. Without a membership a collection comes to lie in the default community, and a
 * community at the top.
 *
 * @throws DomainError `CONFLICT` for a second community, one that lies within it, or none for a collection of the default
 * one; `REFERENCE_INVALID`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export async function moveContainer(work: TripleWork<ContainerObject>, change: PidChange): Promise<void> {
  const { tx, deps, actor, object, access, today } = work
  const { kind, id } = object.record
  const [current] = object.parents
  if (change.added.length + change.removed.length === 0) return
  requireAllowed(actor, 'ADMIN', access, today, { kind, id })
  const before = current?.value.pid
  const wanted = namedCommunity(before === undefined ? [] : [before], change)
  if (wanted === before) return
  // Two moves could each be right, and make a ring together.
  await tx.lock('places of communities')
  if (current !== undefined) {
    requireAllowed(actor, 'REMOVE', current.access, today, { kind: 'community', id: current.value.id })
  }
  const input = { id, expected: 'any' } as const
  const target = await communityFor(work, kind, wanted)
  if (kind === 'community') {
    const parentId = target?.id ?? null
    await requireOutside(tx, id, parentId)
    await changeCommunity(deps, actor, input, async (_tx, community) => ({ ...community, parentId }))
    return
  }
  if (target === undefined || target.id === current?.value.id) {
    throw conflict('A collection lies in a community', 'object')
  }
  const { id: parentId } = target
  await changeCollection(deps, actor, input, async (_tx, collection) => ({ ...collection, parentId }))
}

async function requireOutside(
  tx: Pick<Transaction, 'communities'>,
  id: string,
  parentId: string | null,
): Promise<void> {
  for (let above = parentId; above !== null;) {
    if (above === id) throw conflict('A community does not lie within itself', 'object')
    above = (await tx.communities.find(above))?.value.parentId ?? null
  }
}
