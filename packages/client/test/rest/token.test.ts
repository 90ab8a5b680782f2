import { expect, test } from 'vitest'
import { RestClient } from '../../src/index.ts'
import { json, jwt, patientClock, startServer, type Answer, type Seen } from './json-server.ts'

const tokens = (server: { readonly requests: readonly Seen[] }) =>
  server.requests.map(({ headers }) => headers.authorization?.replace('Bearer ', ''))

const open: Answer = (res) => json(res, 200, {})
/** Lets in who brings the token that is good now. */
const guarded =
  (good: () => string): Answer =>
  (res, { headers }) =>
    json(res, headers.authorization === `Bearer ${good()}` ? 200 : 401, {})

test('a JWT is kept until five seconds before its end', async () => {
  const clock = patientClock()
  await using server = await startServer(open)
  let given = 0
  const token = async () => jwt({ n: (given += 1), exp: clock.now() / 1000 + 60 })
  const client = new RestClient(server.url, { clock, token })
  for (const wait of [0, 54_000, 1000, 1000, 1000]) {
    await clock.sleep(wait, undefined)
    await client.request('GET', '/')
  }
  // At 0, 54, 55, 56 and 57 s; the second one ends at 116.
  expect(given).toBe(2)
  const [first, second, third, fourth, fifth] = tokens(server)
  expect([second, third]).toEqual([first, first])
  expect(fourth).not.toBe(first)
  expect(fifth).toBe(fourth)
})

test.each([
  ['opaque', () => 'opaque'],
  ['without an end', () => jwt({ sub: 'ada' })],
  ['at its end', () => jwt({ exp: 1 })],
])('a token that is %s serves one request', async (_name, make) => {
  await using server = await startServer(open)
  let given = 0
  const token = () => `${make()}${(given += 1)}`
  const client = new RestClient(server.url, { token })
  await client.request('GET', '/')
  await client.request('GET', '/')
  expect(new Set(tokens(server)).size).toBe(2)
  expect(given).toBe(2)
})

test('however many requests wait, the function is asked once; who gives up does not end it', async () => {
  await using server = await startServer(open)
  let given = 0
  const { promise: allowed, resolve: allow } = Promise.withResolvers<string>()
  const token = async () => {
    given += 1
    return allowed
  }
  const client = new RestClient(server.url, { token })
  const impatient = client.request('GET', '/', {}, { signal: AbortSignal.timeout(5) })
  const patient = Array.from({ length: 20 }, () => client.request('GET', '/'))
  await expect(impatient).rejects.toMatchObject({ name: 'TimeoutError' })
  allow('opaque')
  await Promise.all(patient)
  expect(given).toBe(1)
  expect(server.requests).toHaveLength(20)
})

test('after a 401 the function is asked once more, and told which token was refused', async () => {
  let good = jwt({ n: 1, exp: 9e9 })
  await using server = await startServer(guarded(() => good))
  const refused: (string | undefined)[] = []
  const client = new RestClient(server.url, {
    token(given) {
      refused.push(given)
      return good
    },
  })
  await client.request('GET', '/')
  const old = good
  good = jwt({ n: 2, exp: 9e9 })
  await Promise.all(Array.from({ length: 10 }, () => client.request('POST', '/', {})))
  expect(refused).toEqual([undefined, old])
})

test('an opaque token that was refused is told too', async () => {
  await using server = await startServer(guarded(() => 'new'))
  const client = new RestClient(server.url, { token: (refused) => (refused === 'old' ? 'new' : 'old') })
  await client.request('GET', '/')
  expect(tokens(server)).toEqual(['old', 'new'])
})

test('a 401 stands when there is no other token, and after the second', async () => {
  await using server = await startServer((res) => json(res, 401, { error: 'who?' }))
  await expect(new RestClient(server.url, { token: 'fixed' }).request('GET', '/')).rejects.toMatchObject({
    status: 401,
    body: { error: 'who?' },
  })
  await expect(new RestClient(server.url, { token: () => 'same' }).request('GET', '/')).rejects.toMatchObject(
    {
      status: 401,
    },
  )
  expect(tokens(server)).toEqual(['fixed', 'same'])
  let n = 0
  const another = () => String((n += 1))
  await expect(new RestClient(server.url, { token: another }).request('GET', '/')).rejects.toMatchObject({
    status: 401,
  })
  expect(tokens(server)).toEqual(['fixed', 'same', '1', '2'])
})

test('what the function throws is the outcome, before and after a 401', async () => {
  await using server = await startServer((res) => json(res, 401, {}))
  const failure = new Error('the vault is closed')
  const client = new RestClient(server.url, {
    token(refused) {
      if (refused !== undefined || server.requests.length > 1) throw failure
      return 'first'
    },
  })
  await expect(client.request('GET', '/')).rejects.toBe(failure)
  await expect(client.request('GET', '/')).rejects.toMatchObject({ message: failure.message })
  await expect(new RestClient(server.url, { token: () => '' }).request('GET', '/')).rejects.toMatchObject({
    code: 'credentials_missing',
  })
  expect(tokens(server)).toEqual(['first'])
})
