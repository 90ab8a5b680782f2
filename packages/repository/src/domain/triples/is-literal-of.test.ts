import { expect, test } from 'vitest'
import { isLiteralOf, XSD } from './is-literal-of.ts'

test.each([
  [
    'int',
    ['0', '-0', '+7', '007', '2147483647', '-2147483648'],
    ['', ' 1', '1.0', '1e3', '2147483648', '0x1', '١'],
  ],
  ['long', ['9223372036854775807'], ['9223372036854775808', '9'.repeat(2000)]],
  ['integer', ['9'.repeat(2000)], ['-', '+', '1_000']],
  ['decimal', ['1', '1.', '.5', '-1.50'], ['.', '1e3', 'INF']],
  ['double', ['1', '1.5E-3', '-INF', 'NaN'], ['+ 1', '1E', 'Infinity']],
  ['boolean', ['true', '0'], ['TRUE', 'yes']],
  [
    'date',
    ['2013-05-27', '2012-02-29', '2013-05-27Z', '2013-05-27+14:00'],
    ['2013-02-29', '2013-5-27', '27.5.2013'],
  ],
  [
    'dateTime',
    ['2013-05-27T09:53:39Z', '2013-05-27T09:53:39.286', '2013-05-27T23:59:59-13:59'],
    [
      '2013-05-27',
      '2013-05-27T24:00:01Z',
      '2013-05-27T09:60:00Z',
      '2013-04-31T00:00:00Z',
      '2013-05-27 09:53:39Z',
    ],
  ],
])('literals of %s', (name, right, wrong) => {
  expect(right.filter((text) => !isLiteralOf(text, XSD + name))).toEqual([])
  expect(wrong.filter((text) => isLiteralOf(text, XSD + name))).toEqual([])
})

test('every text is a literal of a type that is not known', () => {
  expect(isLiteralOf('anything', `${XSD}string`)).toBe(true)
  expect(isLiteralOf('anything', 'http://example.org/#int')).toBe(true)
  expect(isLiteralOf('anything', `${XSD}constructor`)).toBe(true)
})
