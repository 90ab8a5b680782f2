import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import {
  copiesTo,
  itemOn,
  labelOn,
  SIDES,
  type RelationshipType,
  type Side,
} from '../../domain/relationships/relationship.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireVersion, type ExpectedVersion } from '../expected-version.ts'
import { endRelationships } from './end-relationships.ts'
import { findRelated, lockRelationship } from './find-ends.ts'
import { placeGroup } from './place-group.ts'
import { requireEither } from './read-relationship.ts'
import { beginChange, typeOf } from './relationship-change.ts'
import { requireSpare } from './require-possible.ts'

/** Which items keep as their own what they showed of the other one; `configured` leaves it to the type. */
export type CopyChoice = 'none' | 'left' | 'right' | 'all' | 'configured'

/**
 * Ends a relationship: for whoever may edit one of its items, and each one that values are copied to (RestContract
 * relationships.md, "Deleting a relationship").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `VERSION_CONFLICT`, `RELATIONSHIP_INVALID` when an
 * item must keep it
 */
export function deleteRelationship({ unitOfWork, clock }: { unitOfWork: UnitOfWork; clock: Clock }) {
  return (actor: Actor, input: { id: number; copy: CopyChoice; expected: ExpectedVersion }): Promise<void> =>
    unitOfWork(async (tx) => {
      const begun = await beginChange(tx, clock())
      const found = await lockRelationship(begun, input.id)
      requireEither(actor, 'WRITE', found, dayOf(begun.now))
      requireVersion({ id: String(input.id), version: found.value.version }, input.expected)

      const type = typeOf(begun, found.value.typeId)
      for (const side of SIDES) {
        const item = await findRelated(begun, itemOn(found.value, side))
        const { ends } = await placeGroup(begun, item.value, labelOn(type, side))
        requireSpare(item.value.id, type, side, ends)
      }
      const copyTo = SIDES.filter((side) => copies(input.copy, side, type))
      await endRelationships({ ...begun, tx }, actor, [{ relationship: found.value, copyTo, goes: [] }])
    })
}

function copies(choice: CopyChoice, side: Side, type: RelationshipType): boolean {
  if (choice === 'configured') return copiesTo(type, side)
  return choice === 'all' || choice === side
}
