import { expect, it } from 'vitest'
import { formatMoment } from './format-moment.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')

it.each([
  ['2026-11-22T12:00:30Z', '2026-11-22 (now)'],
  ['2026-11-22T11:57:00.000+00:00', '2026-11-22 (3 minutes ago)'],
  ['2026-11-22T10:55:00Z', '2026-11-22 (1 hour ago)'],
  ['2026-11-23T11:00:00Z', '2026-11-23 (in 23 hours)'],
  ['2027-02-20T12:00:00Z', '2027-02-20 (in 90 days)'],
])('%s is %s', (moment, text) => {
  expect(formatMoment(moment, NOW)).toBe(text)
})
