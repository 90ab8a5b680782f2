import { startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const UI = 'http://ui.example.org:4000'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ HEXAPLA_ALLOWED_ORIGINS: `${UI} https://other.example.org` })
})
afterAll(() => server.stop())

const preflight = (path: string, origin: string, method = 'PATCH') =>
  fetch(server.url + path, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'content-type,x-correlation-id,x-referrer,authorization,x-xsrf-token',
    },
  })

const listOf = (response: Response, header: string) =>
  (response.headers.get(header) ?? '').toLowerCase().split(/,\s*/)

describe('a page of an allowed origin', () => {
  test.each([
    '/server/api',
    '/server/api/core/items',
    '/server/api/authn/login',
    '/server/api/discover/search/objects',
    '/server/actuator/health',
  ])('may ask %s before it sends', async (path) => {
    const response = await preflight(path, UI)
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe(UI)
    expect(response.headers.get('access-control-allow-credentials')).toBe('true')
    expect(Number(response.headers.get('access-control-max-age'))).toBeGreaterThan(0)
    expect(listOf(response, 'access-control-allow-methods')).toEqual(
      expect.arrayContaining(['get', 'head', 'post', 'put', 'patch', 'delete']),
    )
    // What the web UI sends (dspace-ui 2.1 and 2.2).
    expect(listOf(response, 'access-control-allow-headers')).toEqual(
      expect.arrayContaining([
        'accept',
        'authorization',
        'content-type',
        'origin',
        'x-on-behalf-of',
        'x-requested-with',
        'x-xsrf-token',
        'x-correlation-id',
        'x-referrer',
        'x-captcha-payload',
        'access-control-allow-headers',
      ]),
    )
  })

  test('reads the headers that it needs, of errors too', async () => {
    for (const path of ['/server/api', '/server/api/core/items', '/server/api/nothing']) {
      const response = await fetch(server.url + path, { headers: { origin: UI } })
      expect(response.headers.get('access-control-allow-origin')).toBe(UI)
      expect(listOf(response, 'access-control-expose-headers')).toEqual(
        expect.arrayContaining(['authorization', 'dspace-xsrf-token', 'location', 'www-authenticate']),
      )
      expect(listOf(response, 'vary')).toContain('origin')
    }
  })

  test('reads why its write was refused, and the new token', async () => {
    const response = await fetch(`${server.api}/authn/login`, { method: 'POST', headers: { origin: UI } })
    expect(response.status).toBe(403)
    expect(response.headers.get('access-control-allow-origin')).toBe(UI)
    expect(response.headers.get('dspace-xsrf-token')).not.toBeNull()
  })
})

describe('a page of another origin', () => {
  test.each(['http://evil.example.org', `${UI}.evil.example.org`, 'http://ui.example.org', 'null'])(
    '%s is told nothing',
    async (origin) => {
      for (const response of [
        await preflight('/server/api/core/items', origin),
        await fetch(server.api, { headers: { origin } }),
      ]) {
        expect(response.headers.get('access-control-allow-origin')).toBeNull()
        expect(response.headers.get('access-control-allow-credentials')).toBeNull()
      }
    },
  )
})

test('without a list of origins there is no permission at all', async () => {
  const closed = await startTestServer()
  try {
    const response = await fetch(closed.api, { headers: { origin: UI } })
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(response.headers.get('vary')).not.toContain('Origin')
  } finally {
    await closed.stop()
  }
})

test.each([undefined, 'de', 'fr;q=1, en;q=0.5', '*', 'not a language !'])(
  'with Accept-Language %j the answer is English, and says so',
  async (language) => {
    const headers: Record<string, string> = language === undefined ? {} : { 'accept-language': language }
    for (const path of ['', '/core/items', '/nothing']) {
      const response = await fetch(server.api + path, { headers })
      expect(response.headers.get('content-language')).toBe('en')
      expect([200, 401, 404]).toContain(response.status)
    }
  },
)
