import { isVirtual } from '../../domain/metadata/virtual-values.ts'
import type { Item } from '../../domain/records/record.ts'
import { placesIn, sequenceOf, type PlaceSequence } from '../../domain/relationships/place-sequence.ts'
import { SIDES, type RelationshipEnd } from '../../domain/relationships/relationship.ts'
import { placedField } from '../../domain/relationships/virtual-rules.ts'
import { VIRTUAL_RULES } from '../../registries/load-entity-model.ts'
import { endsOf } from './ends-of.ts'
import type { RelationshipChange } from './relationship-change.ts'

/** What an item has under one name, with the places of all of it. */
export interface PlaceGroup {
  readonly ends: readonly RelationshipEnd[]
  readonly sequence: PlaceSequence
}

/** Reads what an item has under a name. The item must be locked. */
export async function placeGroup(
  change: RelationshipChange,
  item: Pick<Item, 'id' | 'metadata'>,
  label: string,
): Promise<PlaceGroup> {
  const ends = (await endsOf(change, [item.id], [label])).get(item.id) ?? []
  const field = placedField(VIRTUAL_RULES, label)
  const own = field === undefined ? [] : (item.metadata[field] ?? []).filter((value) => !isVirtual(value))
  const placed = ends.map(({ relationshipId, place }) => ({ id: relationshipId, place }))
  return { ends, sequence: sequenceOf(own.length, placed) }
}

/**
 * Gives the relationships of an item the places that they have in a sequence.
 *
 * @returns whether any stood elsewhere
 */
export async function arrange(
  { tx }: RelationshipChange,
  ends: readonly RelationshipEnd[],
  sequence: PlaceSequence,
): Promise<boolean> {
  let moved = false
  const places = new Map(placesIn(sequence).map(({ id, place }) => [id, place]))
  for (const side of SIDES) {
    const elsewhere = ends.flatMap((end) => {
      const place = places.get(end.relationshipId)
      return end.side !== side || place === undefined || place === end.place
        ? []
        : [{ id: end.relationshipId, place }]
    })
    if (elsewhere.length === 0) continue
    await tx.relationships.savePlaces(side, elsewhere)
    moved = true
  }
  return moved
}
