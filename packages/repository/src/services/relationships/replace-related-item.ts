import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { without } from '../../domain/relationships/place-sequence.ts'
import { itemOn, labelOn, type Relationship, type Side } from '../../domain/relationships/relationship.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireVersion, type ExpectedVersion } from '../expected-version.ts'
import { findEnd, findRelated, lockRelationship } from './find-ends.ts'
import { arrange, placeGroup } from './place-group.ts'
import { requireEither } from './read-relationship.ts'
import { refreshAround } from './refresh-virtual.ts'
import { beginChange, typeOf } from './relationship-change.ts'
import { requirePossible, requireSpare } from './require-possible.ts'

/**
 * Puts another item on a side of a relationship, behind what that item has already: for whoever may edit one of the
 * items as they were, and one as they will be (RestContract relationships.md, "Updating the items in a relationship").
 *
 * @throws DomainError `NOT_FOUND`, `REFERENCE_INVALID` without such an item, `RELATIONSHIP_INVALID`, `NOT_SIGNED_IN`,
 * `NOT_ALLOWED`, `VERSION_CONFLICT`
 */
export function replaceRelatedItem({ unitOfWork, clock }: { unitOfWork: UnitOfWork; clock: Clock }) {
  return (
    actor: Actor,
    input: { id: number; side: Side; itemId: string; expected: ExpectedVersion },
  ): Promise<Relationship> =>
    unitOfWork(async (tx) => {
      const { id, side, itemId } = input
      const change = await beginChange(tx, clock())
      const found = await lockRelationship(change, id, [itemId])
      const today = dayOf(change.now)
      requireEither(actor, 'WRITE', found, today)
      const next = await findEnd(change, itemId)
      requireEither(actor, 'WRITE', { ...found, [side]: next.access }, today)
      requireVersion({ id: String(id), version: found.value.version }, input.expected)
      const before = found.value
      if (itemOn(before, side) === itemId) return before

      const type = typeOf(change, before.typeId)
      const label = labelOn(type, side)
      const last = await findRelated(change, itemOn(before, side))
      const left = await placeGroup(change, last.value, label)
      requireSpare(last.value.id, type, side, left.ends)
      const joined = await placeGroup(change, next.value, label)
      requirePossible(next.value, type, side, joined.ends)
      await arrange(change, left.ends, without(left.sequence, id))
      const place = joined.sequence.length
      const after = await tx.relationships.update({
        ...before,
        ...(side === 'left'
          ? { leftItemId: itemId, leftPlace: place }
          : { rightItemId: itemId, rightPlace: place }),
      })
      await refreshAround(change, [before, after])
      return after
    })
}
