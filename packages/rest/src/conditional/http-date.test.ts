import { expect, test } from 'vitest'
import { parseHttpDate, wholeSeconds } from './http-date.ts'

// The three examples of RFC 9110 section 5.6.7 name one moment.
test.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
  '%s is a date',
  (text) => {
    expect(parseHttpDate(text)).toBe(784_111_777)
  },
)

test.each([
  '',
  '1994-11-06T08:49:37Z',
  'Sun, 06 Nov 1994 08:49:37',
  'Sun, 6 Nov 1994 08:49:37 GMT',
  '784111777',
  'Sun, 99 Nov 1994 08:49:37 GMT',
])('%j is none', (text) => {
  expect(parseHttpDate(text)).toBe(undefined)
})

test('a two-digit year is at most 50 years ahead', () => {
  const year = new Date().getUTCFullYear()
  const twoDigits = (full: number) => String(full % 100).padStart(2, '0')
  const yearOf = (digits: string) =>
    new Date((parseHttpDate(`Sunday, 06-Nov-${digits} 08:49:37 GMT`) ?? Number.NaN) * 1000).getUTCFullYear()
  expect(yearOf(twoDigits(year))).toBe(year)
  expect(yearOf(twoDigits(year + 60))).toBe(year - 40)
})

test('fractions of a second are dropped', () => {
  expect(wholeSeconds(new Date(1999))).toBe(1)
})
