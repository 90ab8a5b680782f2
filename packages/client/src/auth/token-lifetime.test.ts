import { expect, test } from 'vitest'
import { holdToken } from './token-lifetime.ts'

const minute = 60_000
const now = Date.parse('2026-01-01T00:00:00Z')
const encode = (claims: unknown) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`
const endingIn = (ms: number) => encode({ name: 'Ünï-çødé?>', exp: (now + ms) / 1000 })

test.each([
  ['of 30 minutes', endingIn(30 * minute), 'login', 25 * minute],
  ['of a year', endingIn(365 * 24 * 60 * minute), 'renewal', (365 * 24 * 60 - 5) * minute],
  ['of 3 minutes, from a login', endingIn(3 * minute), 'login', -2 * minute],
  ['of 4 minutes, from a renewal', endingIn(4 * minute), 'renewal', 2 * minute],
  ['that ended, from a renewal', endingIn(-60 * minute), 'renewal', 25 * minute],
  ['without exp', encode({}), 'login', 25 * minute],
  ['whose exp is text', encode({ exp: '1' }), 'login', 25 * minute],
  ['with claims that are null', encode(null), 'login', 25 * minute],
  ['that is no JWT', 'opaque', 'login', 25 * minute],
  ['that is no base64', 'a.%%%.c', 'renewal', 25 * minute],
  ['that is empty', '', 'login', 25 * minute],
] as const)('a token %s', (_name, token, source, wait) => {
  expect(holdToken(token, now, source)).toEqual({ token, renewAt: now + wait })
})
