import { expect, test } from 'vitest'
import { admits, type Identity } from './identity.ts'

const ada: Identity = {
  issuer: 'https://id.example.org',
  subject: 'ada',
  email: 'ada@Example.org',
  firstName: null,
  lastName: null,
  groups: ['staff', 'curators'],
}
const rules = { makePeople: true, domains: [], groups: [] }

test.each([
  ['anybody without rules', {}, {}, true],
  ['a domain in any case', { domains: ['example.org'] }, {}, true],
  ['no other domain', { domains: ['example.com'] }, {}, false],
  ['no domain within', { domains: ['example.org'] }, { email: 'ada@evil.example.org' }, false],
  [
    'no address that only begins with one',
    { domains: ['example.org'] },
    { email: '"x@example.org"@evil.org' },
    false,
  ],
  ['nobody without an address', { domains: ['example.org'] }, { email: null }, false],
  ['a group', { groups: ['curators', 'other'] }, {}, true],
  ['nobody of other groups', { groups: ['other'] }, {}, false],
  ['only who has both', { domains: ['example.org'], groups: ['other'] }, {}, false],
])('takes %s', (_who, some, change, expected) => {
  expect(admits({ ...rules, ...some }, { ...ada, ...change })).toBe(expected)
})

test('the address of the account counts where the provider tells none', () => {
  const nameless = { ...ada, email: null }
  expect(admits({ ...rules, domains: ['example.org'] }, nameless, 'ada@example.org')).toBe(true)
})
