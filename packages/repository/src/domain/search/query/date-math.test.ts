import { expect, test } from 'vitest'
import { parseMoment } from './date-math.ts'

const NOW = new Date('2024-03-31T12:34:56.789Z')

test.each([
  ['NOW', '2024-03-31T12:34:56.789Z'],
  ['2020-01-02T03:04:05Z', '2020-01-02T03:04:05.000Z'],
  ['2020-01-02T03:04:05.6Z', '2020-01-02T03:04:05.600Z'],
  ['NOW/DAY', '2024-03-31T00:00:00.000Z'],
  ['NOW/MONTH', '2024-03-01T00:00:00.000Z'],
  ['NOW/YEAR', '2024-01-01T00:00:00.000Z'],
  ['NOW/HOUR', '2024-03-31T12:00:00.000Z'],
  ['NOW/SECOND', '2024-03-31T12:34:56.000Z'],
  ['NOW-1MONTH', '2024-02-29T12:34:56.789Z'],
  ['NOW-1YEAR', '2023-03-31T12:34:56.789Z'],
  ['NOW+2DAYS-6HOURS', '2024-04-02T06:34:56.789Z'],
  ['NOW/DAY+1DAY-1MILLISECOND', '2024-03-31T23:59:59.999Z'],
  ['2020-02-29T00:00:00Z+1YEAR', '2021-02-28T00:00:00.000Z'],
  ['1969-12-31T23:30:00Z/HOUR', '1969-12-31T23:00:00.000Z'],
])('%s', (text, expected) => {
  expect(parseMoment(text, NOW)?.toISOString()).toBe(expected)
})

test.each([
  '',
  'now',
  '2020',
  '2020-01-01',
  '2020-13-01T00:00:00Z',
  'NOW+DAY',
  'NOW/2DAYS',
  'NOW-1WEEK',
  'NOW+999999999YEARS',
])('%s is no moment', (text) => {
  expect(parseMoment(text, NOW)).toBeUndefined()
})
