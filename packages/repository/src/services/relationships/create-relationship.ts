import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { badReference } from '../../domain/errors.ts'
import { nameVariant, type Relationship } from '../../domain/relationships/relationship.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireSignedIn } from '../access/require-allowed.ts'
import { findEnd } from './find-ends.ts'
import { placeGroup } from './place-group.ts'
import { requireEither } from './read-relationship.ts'
import { refreshAround } from './refresh-virtual.ts'
import { beginChange } from './relationship-change.ts'
import { requirePossible } from './require-possible.ts'

/** What a relationship is made of. */
export interface NewRelationship {
  readonly typeId: number
  readonly leftItemId: string
  readonly rightItemId: string
  readonly leftwardValue: string | null
  readonly rightwardValue: string | null
}

/**
 * Relates two items, each behind what the other one has already: for whoever may edit one of them (RestContract
 * relationships.md, "Creating a relationship").
 *
 * @throws DomainError `REFERENCE_INVALID` without such a type or item, `RELATIONSHIP_INVALID`, `NOT_SIGNED_IN`,
 * `NOT_ALLOWED`
 */
export function createRelationship({ unitOfWork, clock }: { unitOfWork: UnitOfWork; clock: Clock }) {
  return (actor: Actor, input: NewRelationship): Promise<Relationship> => {
    requireSignedIn(actor, { kind: 'relationship', id: null })
    return unitOfWork(async (tx) => {
      const change = await beginChange(tx, clock())
      const type = change.types.get(input.typeId)
      if (type === undefined) {
        throw badReference(`No relationship type has the identifier ${input.typeId}`, String(input.typeId))
      }
      await tx.relationships.lockItems([input.leftItemId, input.rightItemId])
      const left = await findEnd(change, input.leftItemId)
      const right = await findEnd(change, input.rightItemId)
      requireEither(actor, 'WRITE', { left: left.access, right: right.access }, dayOf(change.now))

      const onLeft = await placeGroup(change, left.value, type.leftwardType)
      const onRight = await placeGroup(change, right.value, type.rightwardType)
      requirePossible(left.value, type, 'left', onLeft.ends)
      requirePossible(right.value, type, 'right', onRight.ends)
      const created = await tx.relationships.insert({
        ...input,
        leftwardValue: nameVariant(input.leftwardValue),
        rightwardValue: nameVariant(input.rightwardValue),
        leftPlace: onLeft.sequence.length,
        rightPlace: onRight.sequence.length,
      })
      await refreshAround(change, [created])
      return created
    })
  }
}
