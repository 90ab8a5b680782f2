import { RestHandler, type RestServerOptions } from '@hexapla/rest'
import { expect, test } from 'vitest'
import { serve } from './serve.ts'

class Who extends RestHandler {
  override get() {
    const { id, remoteAddress, protocol, host } = this.request
    this.request.log.info({ headers: this.request.headers }, 'asked')
    return { id, remoteAddress, protocol, host }
  }
}

const start = async (options: RestServerOptions) =>
  await serve((server) => server.addRoute('/', Who), options)

const forwarded = {
  'x-request-id': 'edge-42',
  'x-forwarded-for': '203.0.113.9',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'repo.example.org',
}

const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

test.each([[false], ['10.0.0.0/8']])(
  'without a trusted proxy (%s) nothing forwarded is believed',
  async (trustProxy) => {
    const { url, port } = await start({ trustProxy })
    const response = await fetch(url, { headers: forwarded })
    const body = (await response.json()) as { id: string }
    expect(body).toEqual({
      id: body.id,
      remoteAddress: '127.0.0.1',
      protocol: 'http',
      host: `127.0.0.1:${port}`,
    })
    expect(body.id).toMatch(uuid)
    expect(response.headers.get('x-request-id')).toBe(body.id)
  },
)

test.each([
  [true],
  ['loopback'],
  [['127.0.0.1', '10.0.0.0/8']],
  [(address: string) => address === '127.0.0.1'],
])('a trusted proxy (%s) is believed', async (trustProxy) => {
  const { url } = await start({ trustProxy })
  const response = await fetch(url, { headers: forwarded })
  expect(await response.json()).toEqual({
    id: 'edge-42',
    remoteAddress: '203.0.113.9',
    protocol: 'https',
    host: 'repo.example.org',
  })
  expect(response.headers.get('x-request-id')).toBe('edge-42')
})

test.each(['', ' ', 'a b', '"quoted"', 'x'.repeat(129), 'a,b', '-x'])(
  'the request id %j is not taken over',
  async (id) => {
    const { url } = await start({ trustProxy: true })
    const response = await fetch(url, { headers: { 'x-request-id': id } })
    expect(response.headers.get('x-request-id')).toMatch(uuid)
  },
)

test('log lines are JSON with the request id, and hold no secrets', async () => {
  const lines: string[] = []
  const { url } = await start({ logger: { stream: { write: (line) => void lines.push(line) } } })
  const response = await fetch(`${url}/?authentication-token=geheim&a=b&token=geheim&code=geheim`, {
    headers: {
      authorization: 'Bearer geheim',
      cookie: 'session=geheim',
      'x-xsrf-token': 'geheim',
      'x-fine': 'seen',
    },
  })
  await response.text()
  while (lines.length < 3) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(lines.join('')).not.toContain('geheim')
  const own = lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => 'requestId' in line)
  expect(own.map((line) => line['requestId'])).toEqual([
    response.headers.get('x-request-id'),
    response.headers.get('x-request-id'),
  ])
  expect(own[0]).toMatchObject({ msg: 'asked', headers: { 'x-fine': 'seen' } })
  expect(own[1]).toMatchObject({
    msg: 'request',
    method: 'GET',
    status: 200,
    route: '/',
    remoteAddress: '127.0.0.1',
  })
  expect(own[1]?.['url']).toBe('/?authentication-token=[redacted]&a=b&token=[redacted]&code=[redacted]')
})
