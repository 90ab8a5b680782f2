import { expect, test } from 'vitest'
import { ADMINISTRATOR_GROUP, ANONYMOUS_GROUP } from '../../domain/access/actor.ts'
import { groupPolicy, type NewPolicy } from '../../domain/access/policy.ts'
import { accessStatus } from './access-status.ts'

const TODAY = '2026-11-21'
const reading = (
  dates: { startDate?: string; endDate?: string } = {},
  group = ANONYMOUS_GROUP,
): NewPolicy => ({
  ...groupPolicy('file', 'READ', group),
  ...dates,
})

test.each([
  ['open', [reading()], 'open.access', null],
  ['open since today', [reading({ startDate: TODAY })], 'open.access', null],
  ['open beside an embargo', [reading({ startDate: '2030-01-01' }), reading()], 'open.access', null],
  ['for nobody', [], 'restricted', null],
  ['for some', [reading({}, ADMINISTRATOR_GROUP)], 'restricted', null],
  ['no longer', [reading({ endDate: '2026-11-20' })], 'restricted', null],
  ['tomorrow', [reading({ startDate: '2026-11-22' })], 'embargo', '2026-11-22'],
  [
    'the earlier of two days',
    [reading({ startDate: '2031-01-01' }), reading({ startDate: '2030-01-01' })],
    'embargo',
    '2030-01-01',
  ],
  ['for ever', [reading({ startDate: '10000-01-01' })], 'restricted', null],
] as const)('%s', (_name, policies, status, embargoDate) => {
  expect(accessStatus(policies, TODAY)).toEqual({ status, embargoDate })
})
