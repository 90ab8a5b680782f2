import { expect, test } from 'vitest'
import { movedTo, placesIn, replacedByOwn, sequenceOf, without } from './place-sequence.ts'

const SEQUENCE = ['own', 7, 'own', 9] as const

test('relationships stand at their places among own values', () => {
  const placed = [
    { id: 9, place: 3 },
    { id: 7, place: 1 },
  ]
  expect(sequenceOf(2, placed)).toEqual(SEQUENCE)
  expect(placesIn(SEQUENCE)).toEqual(placed.toReversed())
})

test('gaps are closed, and of two at one place the older comes last', () => {
  expect(sequenceOf(1, [{ id: 7, place: 5 }])).toEqual(['own', 7])
  expect(
    sequenceOf(0, [
      { id: 7, place: 0 },
      { id: 9, place: 0 },
    ]),
  ).toEqual([9, 7])
})

test.each([
  [7, 0, [7, 'own', 'own', 9]],
  [7, 2, ['own', 'own', 7, 9]],
  [7, 99, ['own', 'own', 9, 7]],
  [9, 1, ['own', 9, 7, 'own']],
])('%i moved to %i', (id, place, expected) => {
  expect(movedTo(SEQUENCE, id, place)).toEqual(expected)
})

test('one that goes leaves no gap, or an own value', () => {
  expect(without(SEQUENCE, 7)).toEqual(['own', 'own', 9])
  expect(replacedByOwn(SEQUENCE, 7)).toEqual(['own', 'own', 'own', 9])
})
