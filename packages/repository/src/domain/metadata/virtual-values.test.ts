import { expect, test } from 'vitest'
import { metadataValue, type Metadata } from './metadata.ts'
import { isVirtual, ownMetadata, withOwn, withVirtual } from './virtual-values.ts'

const OWN: Metadata = { author: [metadataValue('A'), metadataValue('B')], title: [metadataValue('T')] }
const virtual = (relationshipId: number, value: string | null, place: number | null = null) => ({
  relationshipId,
  value,
  place,
})
const texts = (metadata: Metadata, field: string) =>
  (metadata[field] ?? []).map((value) => (isVirtual(value) ? `(${value.value})` : value.value))

test('values of others stand at their places, or behind the own ones', () => {
  const shown = withVirtual(OWN, {
    author: [virtual(1, 'X', 0), virtual(2, 'Y', 2)],
    title: [virtual(1, 'X')],
    relation: [virtual(1, 'uuid')],
  })
  expect(texts(shown, 'author')).toEqual(['(X)', 'A', '(Y)', 'B'])
  expect(texts(shown, 'title')).toEqual(['T', '(X)'])
  expect(shown['relation']).toEqual([
    { value: 'uuid', language: null, authority: 'virtual::1', confidence: -1 },
  ])
  expect(ownMetadata(shown)).toEqual(OWN)
})

test('one without a value takes up its place', () => {
  const shown = withVirtual(OWN, {
    author: [virtual(1, null, 1), virtual(2, 'Y', 2)],
    none: [virtual(1, null, 0)],
  })
  expect(texts(shown, 'author')).toEqual(['A', '(Y)', 'B'])
  expect(shown).not.toHaveProperty('none')
})

test('metadata without values of others are left as they are', () => {
  expect(withVirtual(OWN, {})).toBe(OWN)
  expect(ownMetadata(OWN)).toBe(OWN)
})

test('other own values leave those of others where they are', () => {
  const shown = withVirtual(OWN, { author: [virtual(1, 'X', 1)], relation: [virtual(1, 'uuid')] })
  const changed = withOwn(shown, { author: [metadataValue('C'), ...(shown['author'] ?? [])] })
  expect(texts(changed, 'author')).toEqual(['C', '(X)', 'A', 'B'])
  expect(texts(changed, 'relation')).toEqual(['(uuid)'])
  expect(changed).not.toHaveProperty('title')
  expect(texts(withOwn(shown, {}), 'author')).toEqual(['(X)'])
})
