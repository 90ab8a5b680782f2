import { describe, expect, test } from 'vitest'
import { allows, isInForce } from './allows.ts'
import type { Actor } from './actor.ts'
import type { Policy } from './policy.ts'

const nobody: Actor = {
  personId: null,
  groupIds: ['g'],
  administers: [],
  isAdministrator: false,
  permissions: [],
  specialGroupIds: [],
  scope: 'admin',
}
const policy = (startDate: string | null, endDate: string | null): Policy => ({
  action: 'READ',
  personId: null,
  groupId: 'g',
  startDate,
  endDate,
})

describe('a policy is in force', () => {
  test.each([
    [null, null, true],
    ['2026-11-22', '2026-11-22', true],
    ['2026-11-23', null, false],
    [null, '2026-11-21', false],
    ['10000-01-01', null, false],
    [null, '10000-01-01', true],
    ['0999-12-31', null, true],
  ])('from %s until %s: %s', (start, end, expected) => {
    expect(isInForce(policy(start, end), '2026-11-22')).toBe(expected)
  })
})

test('nothing granted is nothing allowed', () => {
  expect(allows(nobody, 'READ', { containerIds: ['c'], policies: [] }, '2026-11-22')).toBe(false)
})

test('an embargo for ever keeps the file closed', () => {
  const embargoed = { containerIds: [], policies: [policy('10000-01-01', null)] }
  expect(allows(nobody, 'READ', embargoed, '2026-11-22')).toBe(false)
})
