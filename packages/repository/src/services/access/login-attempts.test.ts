import { expect, test } from 'vitest'
import { countLoginAttempts } from './login-attempts.ts'

const HERE = '192.0.2.1'
const refused = expect.objectContaining({ code: 'TOO_MANY_ATTEMPTS' })

function fail(times: number, begin: (index: number) => unknown): void {
  for (let index = 0; index < times; index += 1) begin(index)
}

test('an account is closed to a network after ten failures, until the window ends', () => {
  let now = 0
  const attempts = countLoginAttempts(() => new Date(now))
  fail(10, () => attempts.begin('ada@example.org', HERE))
  now = 60_000
  expect(() => attempts.begin(' Ada@Example.org', HERE)).toThrow(refused)
  expect(() => attempts.begin('ada@example.org', HERE)).toThrow(
    expect.objectContaining({ data: { retryAfterSeconds: 14 * 60 } }),
  )
  expect(() => attempts.begin('ada@example.org', '192.0.2.2')).not.toThrow()
  expect(() => attempts.begin('bob@example.org', HERE)).not.toThrow()
  now = 15 * 60_000
  expect(() => attempts.begin('ada@example.org', HERE)).not.toThrow()
})

test('many networks together close an account, many accounts together a network', () => {
  const attempts = countLoginAttempts(() => new Date(0))
  fail(100, (index) => attempts.begin('ada@example.org', `198.51.100.${index}`))
  expect(() => attempts.begin('ada@example.org', HERE)).toThrow(refused)
  fail(100, (index) => attempts.begin(`${index}@example.org`, HERE))
  expect(() => attempts.begin('bob@example.org', HERE)).toThrow(refused)
})

test('what did not fail does not count', () => {
  const attempts = countLoginAttempts(() => new Date(0))
  fail(1000, () => attempts.begin('ada@example.org', HERE)())
  expect(() => attempts.begin('ada@example.org', HERE)).not.toThrow()
})

test('addresses of one /64 are one network', () => {
  const attempts = countLoginAttempts(() => new Date(0))
  fail(10, (index) => attempts.begin('ada@example.org', `2001:db8:0:7::${index}`))
  expect(() => attempts.begin('ada@example.org', '2001:db8:0:7:1:2:3:4')).toThrow(refused)
  expect(() => attempts.begin('ada@example.org', '2001:db8:0:8::1')).not.toThrow()
  expect(() => attempts.begin('ada@example.org', '2001:db8::7')).not.toThrow()
  expect(() => attempts.begin('ada@example.org', '::1')).not.toThrow()
})
