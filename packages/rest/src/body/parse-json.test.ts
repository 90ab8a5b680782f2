import { expect, test } from 'vitest'
import { findJsonFault } from './find-json-fault.ts'
import { parseJson } from './parse-json.ts'

test.each([
  ['{"a": tru}', 6],
  ['{a:1}', 1],
  ['[1,]', 3],
  ['{"a":1,}', 7],
  ['xyz', 0],
  ['[1', 2],
  ['"a', 0],
  ['{"a":01}', 6],
  ['["\\x"]', 1],
  ['[1] 2', 4],
  ['["a\nb"]', 1],
  ['{"a" 1}', 5],
  ['{"a":1]', 6],
  ['[1}', 2],
  ['{1:2}', 1],
  ['[,]', 1],
  [' ', 1],
  ['-', 0],
])('the fault of %j is at %i', (text, offset) => {
  expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError)
  expect(findJsonFault(text)).toBe(offset)
})

test('the finder agrees with the parser on what is whole', () => {
  for (const value of [
    null,
    1.5e-7,
    'a"\\\u2028',
    [],
    {},
    [[1, { a: [] }]],
    { a: { b: [true, false, null] } },
  ]) {
    const text = JSON.stringify(value, undefined, 2)
    expect(parseJson(text)).toEqual(value)
    expect(findJsonFault(text)).toBe(text.length)
  }
})

test('depth is no danger', () => {
  expect(findJsonFault('['.repeat(200_000))).toBe(200_000)
})

test('line and column are counted from one', () => {
  expect(() => parseJson('{\n "a": 1,\n}')).toThrow(/line 3, column 1/)
})
