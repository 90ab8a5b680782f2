/**
 * What stands at the places of an item's values of one name: relationships, and values of its own where both share a
 * field (the authors of a publication).
 */
export type PlaceSequence = readonly (number | 'own')[]

/** Where a relationship stands, by its id. */
export interface Placed {
  readonly id: number
  readonly place: number
}

/** The sequence of so many own values, in their order, and relationships at their places; gaps are closed. */
export function sequenceOf(ownCount: number, placed: readonly Placed[]): PlaceSequence {
  const sequence: (number | 'own')[] = Array.from({ length: ownCount }, () => 'own')
  for (const { id, place } of placed.toSorted(byPlace)) sequence.splice(place, 0, id)
  return sequence
}

/** Where each relationship of a sequence stands. */
export function placesIn(sequence: PlaceSequence): readonly Placed[] {
  return sequence.flatMap((slot, place) => (slot === 'own' ? [] : [{ id: slot, place }]))
}

/** The sequence with a relationship at another place: at the end when that is beyond it. */
export function movedTo(sequence: PlaceSequence, id: number, place: number): PlaceSequence {
  return without(sequence, id).toSpliced(place, 0, id)
}

/** The sequence without a relationship. */
export function without(sequence: PlaceSequence, id: number): PlaceSequence {
  return sequence.filter((slot) => slot !== id)
}

/** The sequence with an own value where a relationship was. */
export function replacedByOwn(sequence: PlaceSequence, id: number): PlaceSequence {
  return sequence.map((slot) => (slot === id ? 'own' : slot))
}

function byPlace(one: Placed, other: Placed): number {
  return one.place - other.place || one.id - other.id
}
