import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { ADMINISTRATOR, startTestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clock, PeleRequests } from '../../src/index.ts'
import { netrcCredentials } from '../../src/node.ts'
import { type Answer, collect, json, startServer } from '../rest/json-server.ts'

const account = { user: 'koa@test.com', password: 'päss:wörd' }
const INVALID = { message: 'Invalid token. Registeration and/or authentication required', success: false }

/** Waits are noted, and over at once. */
function testClock(): Clock & { readonly waits: number[] } {
  const waits: number[] = []
  return { waits, now: () => Date.now(), sleep: async (ms) => void waits.push(ms) }
}

/** An original Pele, as far as its tokens go: any may be made void. */
function pele(answer: Answer = (res) => json(res, 200, { success: true })) {
  const state = { logins: 0, valid: '' }
  const respond: Answer = async (res, seen) => {
    if (seen.path === '/api/login') {
      if (seen.headers.authorization !== `Basic ${btoa('koa@test.com:pÃ¤ss:wÃ¶rd')}`) {
        return res.writeHead(401, { 'content-type': 'text/html' }).end('Unauthorized Access')
      }
      state.logins += 1
      const claims = Buffer.from(JSON.stringify({ exp: Date.now() / 1000 + 3600, n: state.logins }))
      state.valid = `h.${claims.toString('base64url')}.s`
      return json(res, 200, { success: true, message: null, token: state.valid })
    }
    if (seen.headers['x-api-key'] !== state.valid) return json(res, 401, INVALID)
    return answer(res, seen)
  }
  return { state, respond }
}

describe('tokens', () => {
  test('one is fetched for the first request, and sent with all', async () => {
    const { state, respond } = pele()
    await using server = await startServer(respond)
    const requests = new PeleRequests(`${server.url}/api/`, account)
    expect(requests.baseUrl).toBe(`${server.url}/api`)
    await requests.get('test/echo', { query: { echo_str: 'hello world' } })
    await requests.post('/pele/x', { json: { polygon: [] } })
    await requests.delete(`${server.url}/api/y`)
    expect(state.logins).toBe(1)
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/login',
      'GET /api/test/echo?echo_str=hello+world',
      'POST /api/pele/x',
      'DELETE /api/y',
    ])
    expect(server.requests.at(-1)?.headers.authorization).toBe(undefined)
  })

  test('however many requests are refused, one renewal', async () => {
    const { state, respond } = pele()
    await using server = await startServer(respond)
    const requests = new PeleRequests(`${server.url}/api`, account)
    await Promise.all(Array.from({ length: 20 }, () => requests.get('test/echo')))
    expect(state.logins).toBe(1)
    state.valid = 'another one'
    const answers = await Promise.all(Array.from({ length: 20 }, () => requests.get('test/echo')))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(state.logins).toBe(2)
  })

  test('a token that is refused again is refused', async () => {
    const { state, respond } = pele((res) => json(res, 401, INVALID))
    await using server = await startServer(respond)
    const requests = new PeleRequests(`${server.url}/api`, account)
    await expect(requests.get('x')).rejects.toMatchObject({ status: 401, body: INVALID })
    expect(state.logins).toBe(2)
  })

  test('a wrong password, and none at all', async () => {
    await using server = await startServer(pele().respond)
    const wrong = new PeleRequests(`${server.url}/api`, { ...account, password: 'wrong' })
    await expect(wrong.get('x')).rejects.toMatchObject({ code: 'login_refused', status: 401 })
    const nobody = new PeleRequests(`${server.url}/api`, { credentials: async () => undefined })
    await expect(nobody.get('x')).rejects.toMatchObject({ code: 'credentials_missing' })
  })

  test('auth: false goes without, a token alone as it is, one with an account is what to begin with', async () => {
    const { state, respond } = pele()
    await using server = await startServer(respond)
    const url = `${server.url}/api`
    await expect(new PeleRequests(url, { auth: false }).get('x')).rejects.toMatchObject({ status: 401 })
    await expect(new PeleRequests(url, { token: 'old' }).get('x')).rejects.toMatchObject({ status: 401 })
    expect(state.logins).toBe(0)
    await new PeleRequests(url, { ...account, token: 'old' }).get('x')
    expect(state.logins).toBe(1)
    await new PeleRequests(url, { ...account, token: state.valid }).get('x')
    expect(state.logins).toBe(1)
  })

  test('a token that tells no end is kept until it is refused', async () => {
    let logins = 0
    await using server = await startServer((res, { path, headers }) => {
      if (path === '/api/login') json(res, 200, { token: `opaque ${(logins += 1)}` })
      else json(res, headers['x-api-key'] === 'opaque 2' ? 200 : logins === 1 ? 401 : 403, {})
    })
    const requests = new PeleRequests(`${server.url}/api`, account)
    for (let count = 0; count < 3; count += 1) expect((await requests.get('x')).status).toBe(200)
    expect(logins).toBe(2)
  })

  test('no other server gets the token', async () => {
    await using server = await startServer(pele().respond)
    await using other = await startServer((res) => json(res, 200, {}))
    const requests = new PeleRequests(`${server.url}/api`, account)
    await expect(requests.get(`${other.url}/api/x`)).rejects.toMatchObject({ code: 'url_foreign' })
    await expect(requests.get('../admin')).rejects.toMatchObject({ code: 'url_foreign' })
    expect(other.requests).toEqual([])
  })

  test.each([
    [{ user: 'a' }, 'credentials_missing'],
    [{ ...account, auth: false }, 'options_invalid'],
    [{ ...account, credentials: async () => account }, 'options_invalid'],
    [{ ...account, verify: false, fetch }, 'options_invalid'],
  ])('options %j are refused', (options, code) => {
    expect(() => new PeleRequests('https://example.org', options)).toThrow(expect.objectContaining({ code }))
  })
})

describe('too many requests', () => {
  const limited = (times: number, headers: Record<string, string> = {}): Answer => {
    let left = times
    return (res) => {
      left -= 1
      if (left < 0) json(res, 200, { success: true })
      else res.writeHead(429, headers).end()
    }
  }

  test('what the server tells is waited, for every method', async () => {
    const clock = testClock()
    await using server = await startServer(pele(limited(3, { 'retry-after': '7' })).respond)
    const requests = new PeleRequests(`${server.url}/api`, { ...account, clock })
    expect((await requests.post('x', { json: {} })).status).toBe(200)
    expect(clock.waits).toEqual([7000, 7000, 7000])
  })

  test('without a word of it, twice as long each time', async () => {
    const clock = testClock()
    await using server = await startServer(pele(limited(5)).respond)
    await new PeleRequests(`${server.url}/api`, { ...account, clock }).get('x')
    expect(clock.waits).toEqual([500, 1000, 2000, 4000, 8000])
  })

  test('at the login too', async () => {
    const clock = testClock()
    const { respond } = pele()
    let refused = false
    const first: Answer = (res, seen) => {
      if (refused) return respond(res, seen)
      refused = true
      return res.writeHead(429, { 'retry-after': '60' }).end()
    }
    await using server = await startServer(first)
    await new PeleRequests(`${server.url}/api`, { ...account, clock }).get('x')
    expect(clock.waits).toEqual([60_000])
  })

  test('patience ends: with the attempts, with what is asked for, and with a stream', async () => {
    const clock = testClock()
    await using server = await startServer(pele(limited(1000, { 'retry-after': '10' })).respond)
    const options = { ...account, clock, patience: { attempts: 3 } }
    await expect(new PeleRequests(`${server.url}/api`, options).get('x')).rejects.toMatchObject({
      status: 429,
    })
    expect(clock.waits).toEqual([10_000, 10_000])
    const short = { ...account, clock, patience: { maxMs: 5000 } }
    await expect(new PeleRequests(`${server.url}/api`, short).get('x')).rejects.toMatchObject({ status: 429 })
    const body = new ReadableStream({ start: (controller) => controller.close() })
    await expect(new PeleRequests(`${server.url}/api`, options).put('x', { body })).rejects.toMatchObject({
      status: 429,
    })
    expect(clock.waits).toHaveLength(2)
  })
})

describe('pages', () => {
  const all = Array.from({ length: 23 }, (_, index) => `id-${index}`)

  test('by offset, to the end', async () => {
    const { respond } = pele((res, { path }) => {
      const query = new URL(path, 'http://x').searchParams
      const offset = Number(query.get('offset'))
      const ids = all.slice(offset, offset + Number(query.get('page_size')))
      json(res, 200, { success: true, total: 23, count: ids.length, offset, page_size: 10, dataset_ids: ids })
    })
    await using server = await startServer(respond)
    const requests = new PeleRequests(`${server.url}/api`, account)
    expect(await collect(requests.items('ids', { pageSize: 10 }))).toEqual(all)
    expect(server.requests.filter(({ path }) => path.includes('ids'))).toHaveLength(3)
    expect(await collect(requests.items('ids', { json: { polygon: [] } }))).toEqual(all)
    expect(server.requests.at(-1)).toMatchObject({ method: 'POST', body: '{"polygon":[]}' })
  })

  test('by cursor, where there is one', async () => {
    const { respond } = pele((res, { path }) => {
      const place = Number(new URL(path, 'http://x').searchParams.get('cursor') ?? 0)
      const ids = all.slice(place, place + 10)
      const page = { total: 23, count: ids.length, offset: 0, page_size: 10, dataset_ids: ids }
      json(res, 200, place + 10 < 23 ? { ...page, cursor: String(place + 10) } : page)
    })
    await using server = await startServer(respond)
    expect(await collect(new PeleRequests(`${server.url}/api`, account).items('ids'))).toEqual(all)
  })

  test.each([[[]], [{ success: true }], [{ total: 1, count: 1, offset: 0, page_size: 1, a: [], b: [] }]])(
    '%j is no page',
    async (document) => {
      await using server = await startServer(pele((res) => json(res, 200, document)).respond)
      const items = new PeleRequests(`${server.url}/api`, account).items('ids')
      await expect(collect(items)).rejects.toMatchObject({ code: 'page_invalid' })
    },
  )
})

test('verify: false takes a certificate that nobody vouches for', async () => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: '127.0.0.1' }])
  await using server = await startServer(pele().respond, (listener) => createServer({ cert, key }, listener))
  const url = `https://127.0.0.1:${server.port}/api`
  const strict = new PeleRequests(url, { ...account, retry: { attempts: 1 } })
  await expect(strict.get('x')).rejects.toMatchObject({ code: 'network_error' })
  expect((await new PeleRequests(url, { ...account, verify: false }).get('x')).status).toBe(200)
})

describe('with a Hexapla and a .netrc', () => {
  let directory: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'netrc-'))
  })
  afterAll(() => rm(directory, { recursive: true }))

  test('twenty calls in a loop succeed, and twenty at once', async () => {
    const server = await startTestServer()
    try {
      const netrc = join(directory, 'netrc')
      const { email, password } = ADMINISTRATOR
      const { host } = new URL(server.url)
      await writeFile(netrc, `machine ${host} login ${email} password "${password}"\nmacdef init\n\n`)
      await chmod(netrc, 0o600)
      const url = `${server.url}/pele/api/v0.1`
      const requests = new PeleRequests(url, { credentials: netrcCredentials(netrc) })
      const echo = async (index: number) => {
        const response = await requests.get('test/echo', { query: { echo_str: `(${index}) hello world` } })
        return ((await response.json()) as { message: string }).message
      }
      for (let index = 0; index < 20; index += 1) expect(await echo(index)).toBe(`(${index}) hello world`)
      const all = await Promise.all(Array.from({ length: 20 }, (_, index) => echo(index)))
      expect(all.at(-1)).toBe('(19) hello world')
    } finally {
      await server.stop()
    }
  })
})
