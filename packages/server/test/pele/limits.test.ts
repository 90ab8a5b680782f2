import { startTestServer, type TestServer } from '@hexapla/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { call, echo, logIn, post, tokenOf } from './pele-client.ts'

const PASSWORD = 'a long enough passphrase'

let server: TestServer
let now: number
beforeEach(async () => {
  now = Date.now()
  server = await startTestServer({ HEXAPLA_TRUSTED_PROXIES: '127.0.0.1' }, { clock: () => new Date(now) })
})
afterEach(() => server.stop())

/** As if from an address, which the proxy on this machine tells. */
const from = (address: string, token: string) =>
  call(server, '/test/echo?echo_str=a', { headers: { 'x-api-key': token, 'x-forwarded-for': address } })

describe('calls in moving windows', () => {
  test('register: one a minute; what is refused neither counts nor does anything', async () => {
    const register = (email: string) => post(server, '/register', { email, password: PASSWORD })
    const first = await register('a@test.com')
    expect(first.status).toBe(201)
    expect(first.headers.get('x-ratelimit-limit')).toBe('1')
    expect(first.headers.get('x-ratelimit-remaining')).toBe('0')
    now += 30_000
    const second = await register('b@test.com')
    expect(second).toMatchObject({ status: 429, json: { success: false, message: '1 per 1 minute' } })
    expect(second.headers.get('retry-after')).toBe('30')
    expect(second.headers.get('x-ratelimit-reset')).toBe(String(Math.ceil((now + 30_000) / 1000)))
    now += 30_000
    expect((await register('b@test.com')).status).toBe(201)
  })

  test('verify and login: three a minute, by address and by person', async () => {
    const verify = () => post(server, '/verify', { email: 'a@test.com', verification_code: 'x' })
    const statuses = []
    for (let count = 0; count < 4; count += 1) statuses.push((await verify()).status)
    expect(statuses).toEqual([401, 401, 401, 429])

    const tries = []
    for (let count = 0; count < 4; count += 1) {
      const headers = {
        authorization: `Basic ${Buffer.from('A@test.com:x').toString('base64')}`,
        'x-forwarded-for': `192.0.2.${count}`,
      }
      tries.push((await call(server, '/login', { method: 'POST', headers })).status)
    }
    expect(tries).toEqual([401, 401, 401, 429])
    expect((await logIn(server)).status).toBe(200)
  })

  test('a query: ten a second by address, in a window that moves', async () => {
    const token = await tokenOf(server)
    const ask = async (times: number) => {
      const statuses = []
      for (let count = 0; count < times; count += 1) statuses.push((await echo(server, token)).status)
      return statuses.filter((status) => status === 200).length
    }
    expect(await ask(4)).toBe(4)
    now += 600
    expect(await ask(8)).toBe(6)
    now += 399
    expect(await ask(1)).toBe(0)
    now += 1
    expect(await ask(6)).toBe(4)
    now += 600
    expect(await ask(8)).toBe(6)
  })

  test('a person counts wherever from, and is not counted against others there', async () => {
    const token = await tokenOf(server)
    for (let count = 0; count < 10; count += 1) {
      expect((await from(`192.0.2.${count}`, token)).status).toBe(200)
    }
    const eleventh = await from('192.0.2.99', token)
    expect(eleventh.status).toBe(429)
    expect(eleventh.headers.get('x-ratelimit-remaining')).toBe('0')
    for (let count = 0; count < 10; count += 1) {
      expect((await from('192.0.2.99', 'no token')).status).toBe(401)
    }
    expect((await from('192.0.2.99', 'no token')).status).toBe(429)
    expect((await from('192.0.2.98', 'no token')).status).toBe(401)
  })

  test('calls that come at once are counted one by one', async () => {
    const token = await tokenOf(server)
    const answers = await Promise.all(Array.from({ length: 40 }, () => echo(server, token)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(30)
  })

  test('pages about the API and preflights are not counted', async () => {
    for (let count = 0; count < 15; count += 1) expect((await call(server, '/swagger.json')).status).toBe(200)
    for (let count = 0; count < 15; count += 1) {
      expect((await call(server, '/test/echo', { method: 'OPTIONS' })).status).toBe(204)
    }
  })
})

test('X-Forwarded-For of who is no proxy changes nothing', async () => {
  const plain = await startTestServer({}, { clock: () => new Date(now) })
  try {
    const headers = (count: number) => ({ 'x-forwarded-for': `192.0.2.${count}` })
    const statuses = []
    for (let count = 0; count < 11; count += 1) {
      statuses.push((await call(plain, '/test/echo', { headers: headers(count) })).status)
    }
    expect(statuses.at(-1)).toBe(429)
  } finally {
    await plain.stop()
  }
})
