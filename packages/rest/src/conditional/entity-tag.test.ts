import { expect, test } from 'vitest'
import { formatEntityTag, parseEntityTag, parseEntityTags } from './entity-tag.ts'

test.each([
  ['"a"', { weak: false, opaque: 'a' }],
  ['W/"a,b"', { weak: true, opaque: 'a,b' }],
  ['""', { weak: false, opaque: '' }],
  ['w/"a"', undefined],
  ['a', undefined],
  ['"a b"', undefined],
  ['"a"b"', undefined],
])('%s is read', (text, expected) => {
  expect(parseEntityTag(text)).toEqual(expected)
})

test.each([
  ['*', '*'],
  [' "a" ', ['a']],
  ['"a","b"', ['a', 'b']],
  ['"a,b" ,\tW/"c"', ['a,b', 'W/c']],
  [', ,"a",,', ['a']],
  ['', undefined],
  [',', undefined],
  ['"a" "b"', undefined],
  ['"a", *', undefined],
  ['a', undefined],
  ['"a", b', undefined],
])('the list %s is read', (header, expected) => {
  const tags = parseEntityTags(header)
  const shown = Array.isArray(tags) ? tags.map((tag) => (tag.weak ? `W/${tag.opaque}` : tag.opaque)) : tags
  expect(shown).toEqual(expected)
})

test('a tag is written with quotes, once', () => {
  expect(formatEntityTag('7')).toBe('"7"')
  expect(formatEntityTag('7', true)).toBe('W/"7"')
  expect(formatEntityTag('"7"')).toBe('"7"')
  expect(formatEntityTag('"7"', true)).toBe('W/"7"')
  expect(formatEntityTag('W/"7"', true)).toBe('W/"7"')
  expect(() => formatEntityTag('a b')).toThrow(TypeError)
  expect(() => formatEntityTag('a"\r\nx: y')).toThrow(TypeError)
})
