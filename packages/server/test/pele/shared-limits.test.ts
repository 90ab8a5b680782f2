import { ADMINISTRATOR, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServerProcess, type ServerProcess } from '../server-process.ts'
import { echo, logIn, post, tokenOf } from './pele-client.ts'

const PROCESSES = 4
const WRONG = { email: 'guessed@test.com', password: 'wrong' }

let first: TestServer
/** Four servers in processes of their own, which share a database. */
let servers: ServerProcess[]
beforeAll(async () => {
  first = await startTestServer({ HEXAPLA_RATE_LIMIT_STORE: 'database' })
  servers = await Promise.all(Array.from({ length: PROCESSES }, () => startServerProcess(first.environment)))
})
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()))
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
