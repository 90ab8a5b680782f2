import { expect, test } from 'vitest'
import { memoryHitWindows } from '../../limits/memory-hit-windows.ts'
import { countLoginAttempts, type LoginAttempts } from './login-attempts.ts'

const HERE = '192.0.2.1'
const refused = expect.objectContaining({ code: 'TOO_MANY_ATTEMPTS' })

const attemptsAt = (now: () => number): LoginAttempts =>
  countLoginAttempts(memoryHitWindows(() => new Date(now())))

async function fail(times: number, begin: (index: number) => Promise<unknown>): Promise<void> {
  for (let index = 0; index < times; index += 1) await begin(index)
}

test('an account is closed to a network after ten failures, until the first is a quarter of an hour old', async () => {
  let now = 0
  const attempts = attemptsAt(() => now)
  await fail(10, () => attempts.begin('ada@example.org', HERE))
  now = 60_000
  await expect(attempts.begin(' Ada@Example.org', HERE)).rejects.toThrow(refused)
  await expect(attempts.begin('ada@example.org', HERE)).rejects.toThrow(
    expect.objectContaining({ data: { retryAfterSeconds: 14 * 60 } }),
  )
  await attempts.begin('ada@example.org', '192.0.2.2')
  await attempts.begin('bob@example.org', HERE)
  now = 15 * 60_000
  await attempts.begin('ada@example.org', HERE)
})

test('many networks together close an account, many accounts together a network', async () => {
  const attempts = attemptsAt(() => 0)
  await fail(100, (index) => attempts.begin('ada@example.org', `198.51.100.${index}`))
  await expect(attempts.begin('ada@example.org', HERE)).rejects.toThrow(refused)
  await fail(100, (index) => attempts.begin(`${index}@example.org`, HERE))
  await expect(attempts.begin('bob@example.org', HERE)).rejects.toThrow(refused)
})

test('what did not fail does not count', async () => {
  const attempts = attemptsAt(() => 0)
  await fail(1000, async () => (await attempts.begin('ada@example.org', HERE))())
  await expect(attempts.begin('ada@example.org', HERE)).resolves.toBeTypeOf('function')
})

test('addresses of one /64 are one network', async () => {
  const attempts = attemptsAt(() => 0)
  await fail(10, (index) => attempts.begin('ada@example.org', `2001:db8:0:7::${index}`))
  await expect(attempts.begin('ada@example.org', '2001:db8:0:7:1:2:3:4')).rejects.toThrow(refused)
  await attempts.begin('ada@example.org', '2001:db8:0:8::1')
  await attempts.begin('ada@example.org', '2001:db8::7')
  await attempts.begin('ada@example.org', '::1')
})
