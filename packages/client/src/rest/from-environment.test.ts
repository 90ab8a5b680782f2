import { expect, expectTypeOf, test } from 'vitest'
import { EnvironmentError } from '../errors.ts'
import { fromEnvironment } from './from-environment.ts'

test('a setting without default must be set', () => {
  expect(() => fromEnvironment({ FOO: null }, {})).toThrow(EnvironmentError)
  expect(fromEnvironment({ FOO: null }, { FOO: 'bar', OTHER: 'x' })).toEqual({ FOO: 'bar' })
})

test('without a value there is the default', () => {
  const defaults = { TEXT: 'a', EMPTY: '', NUMBER: 0, FLAG: false }
  expect(fromEnvironment(defaults, {})).toEqual(defaults)
})

test.each<[string | number | boolean | null, string, unknown]>([
  ['a', '', ''],
  [null, '5', '5'],
  [123, '543', 543],
  [123, '543.', 543],
  [123, ' -0.5e3 ', -500],
  [false, 't', true],
  [false, 'YES', true],
  [true, 'Off', false],
  [true, '0', false],
])('by the default %j, "%s" is %j', (fallback, text, expected) => {
  expect(fromEnvironment({ FOO: fallback }, { FOO: text })).toEqual({ FOO: expected })
})

test.each<[number | boolean, string]>([
  [123, 'bar'],
  [123, ''],
  [123, 'NaN'],
  [123, 'Infinity'],
  [true, 'maybe'],
  [true, ''],
])('by the default %j, "%s" is a fault', (fallback, text) => {
  expect(() => fromEnvironment({ FOO: fallback }, { FOO: text })).toThrow(
    expect.objectContaining({ code: 'environment_invalid' }),
  )
})

test('every fault is told', () => {
  expect(() => fromEnvironment({ A: null, B: 1, C: false, D: 'd' }, { B: 'x', C: 'y' })).toThrow(
    expect.objectContaining({ faults: ['A is not set', 'B is no number'] }),
  )
})

test('types follow the defaults', () => {
  const settings = fromEnvironment({ API: null, NAME: 'x', PORT: 8080, DEBUG: false }, { API: 'x' })
  expectTypeOf(settings).toEqualTypeOf<{
    readonly API: string
    readonly NAME: string
    readonly PORT: number
    readonly DEBUG: boolean
  }>()
})
