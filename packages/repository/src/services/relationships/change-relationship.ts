import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { invalid, notFound } from '../../domain/errors.ts'
import { movedTo } from '../../domain/relationships/place-sequence.ts'
import {
  itemOn,
  labelOn,
  nameVariant,
  type Relationship,
  type Side,
} from '../../domain/relationships/relationship.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireVersion, type ExpectedVersion } from '../expected-version.ts'
import { findRelated, lockRelationship } from './find-ends.ts'
import { arrange, placeGroup } from './place-group.ts'
import { requireEither } from './read-relationship.ts'
import { refreshAround } from './refresh-virtual.ts'
import { beginChange, typeOf, type RelationshipChange } from './relationship-change.ts'

/** What a relationship is to be like. */
export interface RelationshipInput {
  readonly id: number
  readonly expected: ExpectedVersion
  readonly leftwardValue: string | null
  readonly rightwardValue: string | null
  /** 0-based, or -1 for the end; null to leave it where it is. One beyond the end is the end. */
  readonly leftPlace: number | null
  readonly rightPlace: number | null
}

/**
 * Gives a relationship other names and places: for whoever may edit one of its items (RestContract relationships.md,
 * "Updating the metadata of a relationship").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `VERSION_CONFLICT`, `INVALID` for a negative place
 */
export function changeRelationship({ unitOfWork, clock }: { unitOfWork: UnitOfWork; clock: Clock }) {
  return (actor: Actor, input: RelationshipInput): Promise<Relationship> =>
    unitOfWork(async (tx) => {
      const change = await beginChange(tx, clock())
      const found = await lockRelationship(change, input.id)
      requireEither(actor, 'WRITE', found, dayOf(change.now))
      requireVersion({ id: String(input.id), version: found.value.version }, input.expected)

      const leftwardValue = nameVariant(input.leftwardValue)
      const rightwardValue = nameVariant(input.rightwardValue)
      const before = found.value
      if (before.leftwardValue !== leftwardValue || before.rightwardValue !== rightwardValue) {
        await tx.relationships.update({ ...before, leftwardValue, rightwardValue })
      }
      if (input.leftPlace !== null) await moveOn('left', before, input.leftPlace, change)
      if (input.rightPlace !== null) await moveOn('right', before, input.rightPlace, change)
      await refreshAround(change, [before])
      const after = await tx.relationships.find(input.id)
      if (after === undefined) throw notFound('relationship', String(input.id))
      return after.value
    })
}

async function moveOn(
  side: Side,
  relationship: Relationship,
  place: number,
  change: RelationshipChange,
): Promise<void> {
  if (place < -1) throw invalid('A place is 0 or more, or -1 for the end', `${side}Place`)
  const item = await findRelated(change, itemOn(relationship, side))
  const label = labelOn(typeOf(change, relationship.typeId), side)
  const { ends, sequence } = await placeGroup(change, item.value, label)
  const end = sequence.length
  await arrange(change, ends, movedTo(sequence, relationship.id, place === -1 ? end : place))
}
