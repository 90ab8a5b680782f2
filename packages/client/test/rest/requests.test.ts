import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  AnswerError,
  CalcRetryFromBackoffMax,
  CalcRetryFromWaittimeMax,
  HttpError,
  NetworkError,
  RestClient,
  type RestClientOptions,
  TimeoutError,
} from '../../src/index.ts'
import { json, startServer } from './json-server.ts'

describe('what is sent', () => {
  test('POST: a JSON body, the token; the path with and without a slash', async () => {
    await using server = await startServer((res) => json(res, 200, { result: 'the result' }))
    const client = new RestClient(`${server.url}/api/`, { token: 'passkey' })
    for (const path of ['test', '/test', `${server.url}/api/test`]) {
      expect(await client.request('POST', path, { a: [1, null] })).toEqual({ result: 'the result' })
      const seen = server.requests.at(-1)
      expect(seen).toMatchObject({ method: 'POST', path: '/api/test', body: '{"a":[1,null]}' })
      expect(seen?.headers).toMatchObject({
        authorization: 'Bearer passkey',
        'content-type': 'application/json',
      })
    }
    expect(client.address).toBe(`${server.url}/api`)
  })

  test.each([
    ['POST', '{}'],
    ['PUT', '{}'],
    ['patch', '{}'],
    ['DELETE', ''],
    ['OPTIONS', ''],
    ['GET', ''],
  ])('%s without arguments has the body "%s"', async (method, body) => {
    await using server = await startServer((res) => json(res, 200, {}))
    await new RestClient(server.url).request(method, '/')
    expect(server.requests).toMatchObject([{ method: method.toUpperCase(), body }])
  })

  test('DELETE with arguments has a body', async () => {
    await using server = await startServer((res) => res.writeHead(204).end())
    expect(await new RestClient(server.url).request('DELETE', '/', { all: true })).toBeUndefined()
    expect(server.requests[0]?.body).toBe('{"all":true}')
  })

  test('GET and HEAD: a query, after the one in the path', async () => {
    await using server = await startServer((res) => json(res, 200, {}))
    const client = new RestClient(server.url)
    const args = { name: 'blood orange', ripe: true, size: [1, 2], none: null, absent: undefined, empty: [] }
    await client.request('GET', '/fruits?x=1', args)
    expect(await client.request('HEAD', '/fruits', { a: 'é&' })).toBeUndefined()
    expect(server.requests).toMatchObject([
      { path: '/fruits?x=1&name=blood+orange&ripe=true&size=1&size=2', body: '' },
      { path: '/fruits?a=%C3%A9%26', body: '' },
    ])
  })

  test.each([{ a: {} }, { a: [[1]] }, { a: [{}] }, { a: [null] }, { a: () => 1 }, [1]])(
    'a query of %o is refused',
    async (args) => {
      await using server = await startServer((res) => json(res, 200, {}))
      await expect(new RestClient(server.url).request('GET', '/', args)).rejects.toMatchObject({
        code: 'arguments_invalid',
      })
      expect(server.requests).toEqual([])
    },
  )

  test('headers, with those of the request before those of the client', async () => {
    await using server = await startServer((res) => json(res, 200, {}))
    const client = new RestClient(server.url)
    await client.request('GET', '/', {}, { headers: { foo: 'bar', accept: 'application/hal+json' } })
    await client.request('GET', '/')
    expect(server.requests[0]?.headers).toMatchObject({ foo: 'bar', accept: 'application/hal+json' })
    expect(server.requests[1]?.headers.accept).toBe('application/json, */*;q=0.1')
    expect(server.requests[0]?.headers.authorization).toBeUndefined()
  })

  test('name and password, in UTF-8', async () => {
    await using server = await startServer((res) => json(res, 200, {}))
    await new RestClient(server.url, { username: 'ada', password: 'pâss:word' }).request('GET', '/')
    const [scheme, encoded = ''] = server.requests[0]?.headers.authorization?.split(' ') ?? []
    expect([scheme, Buffer.from(encoded, 'base64').toString()]).toEqual(['Basic', 'ada:pâss:word'])
  })

  test('nothing goes to an address that is not below the client’s', async () => {
    await using server = await startServer((res) => json(res, 200, {}))
    const client = new RestClient(`${server.url}/api`, { token: 'secret' })
    for (const path of ['/../other', `${server.url}/other`, 'http://127.0.0.1:1/api', '/..%2f/../../x']) {
      await expect(client.request('GET', path)).rejects.toMatchObject({ code: 'url_foreign' })
    }
    await client.request('GET', '//127.0.0.1:1/x')
    expect(server.requests.map(({ path }) => path)).toEqual(['/api//127.0.0.1:1/x'])
  })
})

describe('what is answered', () => {
  test.each(['', ' \r\n'])('%j is nothing', async (body) => {
    await using server = await startServer((res) => res.end(body))
    expect(await new RestClient(server.url).request('GET', '/')).toBeUndefined()
  })

  test.each(['null', '0', 'false', '"text"', '[1]', '\ufeff{"a":"é"}'])(
    'the document %s, whatever its media type',
    async (body) => {
      await using server = await startServer((res) =>
        res.writeHead(200, { 'content-type': 'text/html' }).end(body),
      )
      expect(await new RestClient(server.url).request('GET', '/')).toEqual(
        JSON.parse(body.replace('\ufeff', '')),
      )
    },
  )

  test.each(['{"foo"}', 'plain text', 'NaN', '{"a":1}{"b":2}'])('%s is an error', async (body) => {
    await using server = await startServer((res) => res.end(body))
    const answer = new RestClient(server.url).request('GET', '/')
    await expect(answer).rejects.toBeInstanceOf(AnswerError)
    await expect(answer).rejects.toMatchObject({
      code: 'answer_invalid',
      method: 'GET',
      url: `${server.url}/`,
      text: body,
      line: undefined,
      cause: expect.any(SyntaxError),
    })
    expect(server.requests).toHaveLength(1)
  })

  test('a document is parsed as asked, and typed so', async () => {
    await using server = await startServer((res, { path }) => json(res, 200, path === '/n' ? 12 : 'x'))
    const client = new RestClient(server.url)
    const parse = (document: unknown) => {
      if (typeof document !== 'number') throw new RangeError('no number')
      return BigInt(document)
    }
    const answer = await client.request('GET', '/n', {}, { parse })
    expectTypeOf(answer).toEqualTypeOf<bigint>()
    expect(answer).toBe(12n)
    await expect(client.request('GET', '/x', {}, { parse })).rejects.toBeInstanceOf(RangeError)
    expectTypeOf(client.request('GET', '/n')).resolves.toEqualTypeOf<unknown>()
    expectTypeOf(client.request<number>('GET', '/n')).resolves.toEqualTypeOf<number>()
  })

  test('a redirect is followed, without the token when it leads away', async () => {
    await using stranger = await startServer((res) => json(res, 200, 'elsewhere'))
    await using server = await startServer((res, { path }) => {
      if (path === '/here') return json(res, 200, 'here')
      return res.writeHead(302, { location: path === '/away' ? stranger.url : '/here' }).end()
    })
    const client = new RestClient(server.url, { token: 'secret' })
    expect(await client.request('GET', '/near')).toBe('here')
    expect(await client.request('GET', '/away')).toBe('elsewhere')
    expect(stranger.requests[0]?.headers.authorization).toBeUndefined()
    await expect(client.request('POST', '/near')).rejects.toMatchObject({ status: 302 })
  })
})

describe('failures', () => {
  test.each([400, 403, 404, 409, 422, 501])('%i: the document of the error', async (status) => {
    await using server = await startServer((res) =>
      json(res, status, { code: status, error: 'no such fruit' }),
    )
    const answer = new RestClient(server.url).request('DELETE', '/fruits/kumquat')
    await expect(answer).rejects.toBeInstanceOf(HttpError)
    await expect(answer).rejects.toMatchObject({
      code: 'http_error',
      status,
      body: { code: status, error: 'no such fruit' },
      message: `DELETE ${server.url}/fruits/kumquat: ${status} no such fruit`,
    })
    expect(server.requests).toHaveLength(1)
  })

  test('silence', async () => {
    await using server = await startServer(() => undefined)
    const answer = new RestClient(server.url, { timeoutMs: 50, retries: 0 }).request('POST', '/')
    await expect(answer).rejects.toBeInstanceOf(TimeoutError)
    await expect(answer).rejects.toMatchObject({ code: 'timeout', timeoutMs: 50 })
    const patient = new RestClient(server.url, { retries: 0 })
    await expect(patient.request('GET', '/', {}, { timeoutMs: 60 })).rejects.toMatchObject({ timeoutMs: 60 })
  })

  test('no server, or one that does not speak TLS', async () => {
    await using server = await startServer((res) => json(res, 200, {}))
    for (const address of ['http://127.0.0.1:1', server.url.replace('http:', 'https:')]) {
      const answer = new RestClient(address, { retries: 0 }).request('POST', '/')
      await expect(answer).rejects.toBeInstanceOf(NetworkError)
      await expect(answer).rejects.toMatchObject({ code: 'network_error' })
    }
  })

  test('an abort, by the request and by the client', async () => {
    await using server = await startServer(() => undefined)
    const whole = new AbortController()
    const client = new RestClient(server.url, { signal: whole.signal })
    const reason = new Error('enough')
    const { signal } = whole
    await expect(client.request('GET', '/', {}, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    setTimeout(() => whole.abort(reason), 30)
    await expect(client.request('GET', '/')).rejects.toBe(reason)
    expect(signal.aborted).toBe(true)
  })

  test('a client that is closed ends what runs and asks nothing more', async () => {
    await using server = await startServer(() => undefined)
    const client = new RestClient(server.url)
    {
      using closing = client
      setTimeout(() => closing.close(), 30)
      await expect(closing.request('GET', '/')).rejects.toMatchObject({ code: 'client_closed' })
    }
    await expect(client.request('GET', '/')).rejects.toMatchObject({ code: 'client_closed' })
    await expect(client.requestStream('GET', '/').next()).rejects.toMatchObject({ code: 'client_closed' })
    expect(server.requests).toHaveLength(1)
  })
})

test.each<[RestClientOptions, number]>([
  [{}, 10],
  [{ retries: 30 }, 30],
  [{ backoffFactorMs: 750, retries: new CalcRetryFromBackoffMax(8100) }, 4],
  [{ timeoutMs: 15_000, backoffFactorMs: 500, retries: new CalcRetryFromWaittimeMax(300_000) }, 8],
])('with the options %o it retries %i times', (options, retries) => {
  expect(new RestClient('http://127.0.0.1', options).retries).toBe(retries)
})

test.each([
  [{ timeoutMs: -1 }, 'options_invalid'],
  [{ timeoutMs: Number.NaN }, 'options_invalid'],
  [{ backoffFactorMs: -1 }, 'options_invalid'],
  [{ waitMaxMs: -1 }, 'options_invalid'],
  [{ retries: 31 }, 'options_invalid'],
  [{ retries: new CalcRetryFromBackoffMax(120_001) }, 'options_invalid'],
  [{ timeoutMs: 500, retries: new CalcRetryFromWaittimeMax(3_600_000) }, 'options_invalid'],
  [{ token: 'x', username: 'ada', password: 'p' }, 'options_invalid'],
  [{ username: 'a:b', password: 'p' }, 'options_invalid'],
  [{ username: 'ada' }, 'credentials_missing'],
  [{ password: 'p' }, 'credentials_missing'],
  [{ token: ' ' }, 'credentials_missing'],
])('options %o are refused', (options, code) => {
  expect(() => new RestClient('http://127.0.0.1', options)).toThrow(expect.objectContaining({ code }))
})

test.each(['', 'fruits', 'ftp://host', 'http://u:p@host', 'http://host/?q'])(
  'the address "%s" is refused',
  (address) => {
    expect(() => new RestClient(address)).toThrow(expect.objectContaining({ code: 'endpoint_invalid' }))
  },
)
