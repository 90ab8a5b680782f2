import { expect, test } from 'vitest'
import { readMailAddress } from './read-mail-address.ts'

test.each([
  ['koa@test.com', 'koa@test.com'],
  ['  Koa.Wells+pele@Test.Example.ORG ', 'koa.wells+pele@test.example.org'],
  ['jürgen@bücher.example', 'jürgen@bücher.example'],
])('%s is %s', (text, address) => {
  expect(readMailAddress(text)).toBe(address)
})

test.each([
  '',
  'koa',
  'koa@localhost',
  'koa@127.0.0.1',
  '.koa@test.com',
  'ko..a@test.com',
  'koa@test..com',
  'koa@test.com.',
  'other,koa@test.com',
  'koa@test.com\r\nBcc: other@test.com',
  'Koa <koa@test.com>',
  'ko\u0000a@test.com',
  `${'a'.repeat(250)}@test.com`,
])('%j is refused', (text) => {
  expect(() => readMailAddress(text)).toThrow(
    expect.objectContaining({ code: 'INVALID', data: { field: 'email' } }),
  )
})
