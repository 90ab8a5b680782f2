import { describe, expect, test } from 'vitest'
import { identityOfClaims } from './identity-of-claims.ts'

const NAMES = { email: 'email', firstName: 'given_name', lastName: 'family_name', groups: 'groups' }
const config = { claims: NAMES, trustEmail: false }
const base = { iss: 'https://id.example.org', sub: '7', email: 'ada@example.org' }

describe('an address', () => {
  test.each([
    [{ email_verified: true }, config, 'ada@example.org'],
    [{ email_verified: false }, config, null],
    [{ email_verified: 'true' }, config, null],
    [{}, config, null],
    [{}, { ...config, trustEmail: true }, 'ada@example.org'],
    // What was checked is the claim email, not another one.
    [
      { email_verified: true, upn: 'root@example.org' },
      { ...config, claims: { ...NAMES, email: 'upn' } },
      null,
    ],
  ])('with %j and %j is %j', (claims, settings, email) => {
    expect(identityOfClaims({ ...base, ...claims }, settings).email).toBe(email)
  })
})

describe('groups', () => {
  test.each([
    [{ groups: ['/staff', 'staff', 'Library staff'] }, 'groups', ['staff', 'Library staff']],
    [{ groups: 'staff' }, 'groups', ['staff']],
    [{ groups: [1, null, { name: 'x' }, ''] }, 'groups', []],
    [{ realm_access: { roles: ['curator'] } }, 'realm_access.roles', ['curator']],
    [{ 'https://example.org/groups': ['a'] }, 'https://example.org/groups', ['a']],
    [{}, 'constructor.name', []],
  ])('of %j at %s are %j', (claims, path, groups) => {
    const settings = { ...config, claims: { ...NAMES, groups: path } }
    expect(identityOfClaims({ ...base, ...claims }, settings).groups).toEqual(groups)
  })
})

test('a token that names nobody is refused', () => {
  expect(() => identityOfClaims({ iss: base.iss }, config)).toThrow(
    expect.objectContaining({ code: 'token-claim-missing' }),
  )
})
