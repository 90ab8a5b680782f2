import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { AnswerError, NetworkError, RestClient } from '../../src/index.ts'
import { collect, flaky, json, patientClock, startServer } from './json-server.ts'

/** Writes the parts one after another, so that each arrives as a chunk of its own. */
const inParts = (parts: readonly (string | Buffer)[]) => async (res: ServerResponse) => {
  res.socket?.setNoDelay()
  for (const part of parts) {
    res.write(part)
    await new Promise((resolve) => setImmediate(resolve))
  }
  res.end()
}

const lines = [
  '{"foo-bar":"baz"}\n',
  '\r\n',
  '\n',
  '{"green":["eggs","and","ham"]}\r\n',
  '{"schön":"→ 漢字 😀"}\n',
  '\n',
  '"this is just a string"\n',
  '[1,2,3]',
]
const documents = [
  { 'foo-bar': 'baz' },
  { green: ['eggs', 'and', 'ham'] },
  { schön: '→ 漢字 😀' },
  'this is just a string',
  [1, 2, 3],
]

describe('documents, one a line', () => {
  const bytes = Buffer.from(lines.join(''))
  test.each([1, 2, 3, 7, 64, 4096])('sent in parts of %i bytes', async (size) => {
    const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
      bytes.subarray(n * size, (n + 1) * size),
    )
    await using server = await startServer(inParts(parts))
    const client = new RestClient(server.url, { token: 'passkey' })
    for (let time = 0; time < 2; time += 1) {
      expect(await collect(client.requestStream('POST', '/stream/it/', {}))).toEqual(documents)
    }
    expect(server.requests[0]).toMatchObject({ method: 'POST', path: '/stream/it/', body: '{}' })
    expect(server.requests[0]?.headers).toMatchObject({
      authorization: 'Bearer passkey',
      accept: 'application/x-ndjson, application/json;q=0.9, */*;q=0.1',
    })
  })

  test.each([undefined, -1, 0, 0.5, 1, 1.5, 2, 3, 4, 8, 9, 20, 100, 1024, 32_768])(
    'searched %s bytes at a time',
    async (chunkSize) => {
      await using server = await startServer(inParts(lines))
      const options = chunkSize === undefined ? {} : { chunkSize }
      const stream = new RestClient(server.url).requestStream('GET', '/', { a: 1 }, options)
      expect(await collect(stream)).toEqual(documents)
    },
  )

  test.each<[parts: string[], expected: string[]]>([
    [[], []],
    [['\n'], []],
    [['\n', '\r\n', '\n'], []],
    [[' \n'], []],
    [[' '], []],
    [['\t'], []],
    [['"one"\n'], ['one']],
    [['"one"'], ['one']],
  ])('%j is %j, however it is searched', async (parts, expected) => {
    await using server = await startServer(inParts(parts))
    const client = new RestClient(server.url)
    expect(await collect(client.requestStream('POST', '/'))).toEqual(expected)
    for (const chunkSize of [1, 2, 3, 4096]) {
      expect(await collect(client.requestStream('POST', '/', {}, { chunkSize }))).toEqual(expected)
    }
  })

  test('those that are nothing much are documents too', async () => {
    await using server = await startServer(inParts(['null\n0\nfalse\n{}\n[]\n""\n']))
    const stream = new RestClient(server.url).requestStream('GET', '/')
    expect(await collect(stream)).toEqual([null, 0, false, {}, [], ''])
  })

  test('an answer without a body', async () => {
    await using server = await startServer((res) => res.writeHead(204).end())
    expect(await collect(new RestClient(server.url).requestStream('GET', '/'))).toEqual([])
  })

  test('parsed as asked, and typed so', async () => {
    await using server = await startServer(inParts(['1\n2\n']))
    const stream = new RestClient(server.url).requestStream(
      'GET',
      '/',
      {},
      { parse: (n) => `<${String(n)}>` },
    )
    expectTypeOf(stream).toEqualTypeOf<AsyncGenerator<string, void, undefined>>()
    expect(await collect(stream)).toEqual(['<1>', '<2>'])
  })

  test('a long line in many parts', async () => {
    const part = Buffer.alloc(64 * 1024, 'x')
    await using server = await startServer(inParts(['"', ...Array.from({ length: 320 }, () => part), '"\n1']))
    const [long, one] = await collect(new RestClient(server.url).requestStream('GET', '/'))
    expect([String(long).length, one]).toEqual([320 * part.length, 1])
  })
})

describe('time', () => {
  test('each document is there as soon as its line is', async () => {
    const { promise: taken, resolve: take } = Promise.withResolvers<void>()
    await using server = await startServer(async (res) => {
      res.write('"first"\n"sec')
      await taken
      res.end('ond"\n')
    })
    const stream = new RestClient(server.url).requestStream('GET', '/')
    expect((await stream.next()).value).toBe('first')
    take()
    expect(await collect(stream)).toEqual(['second'])
  })

  test('a slow reader slows the server, and is no silence', async () => {
    const line = `"${'x'.repeat(1022)}"\n`
    let written = 0
    await using server = await startServer(async (res) => {
      for (; written < 64 * 1024; written += 1) {
        if (!res.write(line)) await once(res, 'drain')
      }
      res.end()
    })
    const stream = new RestClient(server.url, { timeoutMs: 500 }).requestStream('GET', '/')
    await stream.next()
    await sleep(800)
    const whilePaused = written
    // What socket buffers hold is a few megabytes of 64.
    expect(whilePaused).toBeLessThan(32 * 1024)
    await sleep(100)
    expect(written).toBe(whilePaused)
    expect(await collect(stream)).toHaveLength(64 * 1024 - 1)
  })

  test('a silent server is a time-out', async () => {
    await using server = await startServer((res) => res.write('1\n'))
    const stream = new RestClient(server.url, { timeoutMs: 50 }).requestStream('GET', '/')
    expect((await stream.next()).value).toBe(1)
    await expect(stream.next()).rejects.toMatchObject({ code: 'timeout' })
  })

  test('who goes away closes the connection', async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    await using server = await startServer((res) => {
      res.once('close', resolve)
      res.write('1\n2\n')
    })
    for await (const document of new RestClient(server.url).requestStream('GET', '/')) {
      expect(document).toBe(1)
      break
    }
    await closed
  })

  test('an abort rejects with its reason', async () => {
    await using server = await startServer((res) => res.write('1\n'))
    const controller = new AbortController()
    const { signal } = controller
    const stream = new RestClient(server.url).requestStream('GET', '/', {}, { signal })
    await stream.next()
    const reason = new Error('enough')
    setTimeout(() => controller.abort(reason), 30)
    await expect(stream.next()).rejects.toBe(reason)
  })
})

describe('failures', () => {
  test('a broken line is told with its number, after the documents before it', async () => {
    await using server = await startServer(inParts(['1\n\n{"a":\n2\n']))
    const stream = new RestClient(server.url).requestStream('GET', '/')
    expect((await stream.next()).value).toBe(1)
    const next = stream.next()
    await expect(next).rejects.toBeInstanceOf(AnswerError)
    await expect(next).rejects.toMatchObject({ code: 'answer_invalid', line: 3, text: '{"a":' })
  })

  test('half a character at the end is a broken line', async () => {
    await using server = await startServer(inParts([Buffer.from('1\n2é').subarray(0, -1)]))
    const stream = new RestClient(server.url).requestStream('GET', '/')
    await expect(collect(stream)).rejects.toMatchObject({ code: 'answer_invalid', line: 2 })
  })

  test('an answer that is cut off is no end, even between two lines', async () => {
    for (const cut of ['1\n', '1\n{"a"']) {
      await using server = await startServer((res) => res.write(cut, () => res.destroy()))
      const stream = new RestClient(server.url, { clock: patientClock() }).requestStream('GET', '/')
      expect((await stream.next()).value).toBe(1)
      const next = stream.next()
      await expect(next).rejects.toBeInstanceOf(NetworkError)
      await expect(next).rejects.toMatchObject({ code: 'network_error' })
      expect(server.requests).toHaveLength(1)
    }
  })

  test('until the answer begins a stream is asked for again', async () => {
    await using server = await startServer(flaky(2, (res) => json(res, 503, {})))
    const stream = new RestClient(server.url, { clock: patientClock() }).requestStream('GET', '/')
    expect(await collect(stream)).toEqual([{ calls: 3 }])
  })

  test('a refused stream', async () => {
    await using server = await startServer((res) => json(res, 404, { error: 'no such stream' }))
    await expect(new RestClient(server.url).requestStream('GET', '/').next()).rejects.toMatchObject({
      status: 404,
      body: { error: 'no such stream' },
    })
  })
})
