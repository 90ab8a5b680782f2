import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { ADMINISTRATOR, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { echo, logIn, post, tokenOf } from './pele-client.ts'

const PROCESSES = 4
const WRONG = { email: 'guessed@test.com', password: 'wrong' }

let first: TestServer
let children: ChildProcess[]
/** Four servers in processes of their own, which share a database. */
let servers: { url: string }[]
beforeAll(async () => {
  first = await startTestServer({ HEXAPLA_RATE_LIMIT_STORE: 'database' })
  children = Array.from({ length: PROCESSES }, () =>
    fork(fileURLToPath(new URL('../server-process.ts', import.meta.url)), {
      execArgv: ['--conditions=@hexapla/source'],
      env: { ...process.env, ...first.environment },
    }),
  )
  servers = await Promise.all(
    children.map(async (child) => {
      const [message] = (await once(child, 'message')) as [{ url: string }]
      return message
    }),
  )
})
afterAll(async () => {
  await Promise.all(
    children.map(async (child) => {
      const ended = once(child, 'exit')
      child.send('stop')
      await ended
    }),
  )
  await first.stop()
})

/** Asks all servers at once, each so many times, and counts the statuses. */
async function countStatuses(
  times: number,
  ask: (server: { url: string }) => Promise<{ status: number }>,
): Promise<Record<number, number>> {
  const answers = await Promise.all(
    servers.flatMap((server) => Array.from({ length: times }, () => ask(server))),
  )
  const counts: Record<number, number> = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

test('four servers count together, exactly, and a token of one is good at all', async () => {
  const token = await tokenOf(first, ADMINISTRATOR)
  // The login for it was the first of three.
  expect(await countStatuses(3, (server) => logIn(server, WRONG))).toEqual({ 401: 2, 429: 10 })
  const code = { email: 'a@test.com', verification_code: 'x' }
  expect(await countStatuses(3, (server) => post(server, '/verify', code))).toEqual({ 401: 3, 429: 9 })
  const account = { email: 'b@test.com', password: 'a long enough passphrase' }
  expect(await countStatuses(2, (server) => post(server, '/register', account))).toEqual({ 201: 1, 429: 7 })
  expect(await countStatuses(1, (server) => echo(server, token))).toEqual({ 200: 4 })
})
