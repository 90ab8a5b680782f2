import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { HttpError, RestHandler, type MultipartLimits } from '@hexapla/rest'
import { expect, test } from 'vitest'
import { codeOf, dial, serve } from './serve.ts'

interface Seen {
  readonly kind: string
  readonly name: string
  readonly what: string
}

class Upload extends RestHandler<{ limits: MultipartLimits; skip?: boolean; failures?: unknown[] }> {
  override async post() {
    const seen: Seen[] = []
    try {
      for await (const part of this.request.multipart(this.deps.limits)) {
        const { kind, name } = part
        if (part.kind === 'field') seen.push({ kind, name, what: part.value })
        else if (this.deps.skip === true) seen.push({ kind, name, what: part.filename })
        else {
          const hash = createHash('sha256')
          for await (const chunk of part.stream) hash.update(chunk as Buffer)
          seen.push({ kind, name, what: hash.digest('hex') })
        }
      }
    } catch (error) {
      this.deps.failures?.push(error)
      throw error
    }
    return seen
  }
}

const start = async (limits: MultipartLimits = {}, more: { skip?: boolean; failures?: unknown[] } = {}) =>
  await serve((server) => server.addRoute('/upload', Upload, { deps: { limits, ...more } }))

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex')

async function postRaw(url: string, body: string, type = 'multipart/form-data; boundary=B') {
  return await fetch(`${url}/upload`, { method: 'POST', headers: { 'content-type': type }, body })
}

const part = (disposition: string, content: string) =>
  `--B\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`

test('fields and files come in their order', async () => {
  const { url } = await start()
  const big = new Uint8Array(3_000_000).fill(7)
  const form = new FormData()
  form.append('first', '1')
  form.append('file', new File([big], 'a'))
  form.append('between', 'ü')
  form.append('file', new File(['x'], 'b'))
  form.append('last', '')
  const response = await fetch(`${url}/upload`, { method: 'POST', body: form })
  expect(await response.json()).toEqual([
    { kind: 'field', name: 'first', what: '1' },
    { kind: 'file', name: 'file', what: sha256(big) },
    { kind: 'field', name: 'between', what: 'ü' },
    { kind: 'file', name: 'file', what: sha256('x') },
    { kind: 'field', name: 'last', what: '' },
  ])
})

test('a file that nobody reads is skipped, and a path in its name is not believed', async () => {
  const { url } = await start({}, { skip: true })
  const form = new FormData()
  form.append('file', new File([new Uint8Array(2_000_000)], '../../etc/passwd'))
  form.append('after', 'here')
  const response = await fetch(`${url}/upload`, { method: 'POST', body: form })
  expect(await response.json()).toEqual([
    { kind: 'file', name: 'file', what: 'passwd' },
    { kind: 'field', name: 'after', what: 'here' },
  ])
})

test.each([
  ['without its end', part('name="a"', '1')],
  ['cut in a file', `--B\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nabc`],
  ['cut in a header', '--B\r\nContent-Dispo'],
  ['that is empty', ''],
  ['with a part without name', `${part('filename="x"', '1')}--B--\r\n`],
])('a body %s is malformed', async (_what, body) => {
  const { url } = await start()
  const response = await postRaw(url, body)
  expect([response.status, await codeOf(response)]).toEqual([400, 'malformed-multipart'])
})

test('a type without boundary is malformed, another type is refused', async () => {
  const { url } = await start()
  const without = await postRaw(url, 'x', 'multipart/form-data')
  expect([without.status, await codeOf(without)]).toEqual([400, 'malformed-multipart'])
  const other = await postRaw(url, 'x', 'multipart/mixed; boundary=B')
  expect([other.status, await codeOf(other)]).toEqual([415, 'unsupported-media-type'])
})

test.each([
  ['fields', { fields: 1 }, part('name="a"', '1') + part('name="b"', '2')],
  ['bytes in a field', { fieldBytes: 10 }, part('name="a"', 'a'.repeat(11))],
  ['files', { files: 1 }, part('name="a"; filename="a"', '1') + part('name="b"; filename="b"', '2')],
  ['bytes in a file', { fileBytes: 10 }, part('name="a"; filename="a"', 'a'.repeat(11))],
])('too many %s are refused', async (_what, limits, body) => {
  const { url } = await start(limits)
  const response = await postRaw(url, `${body}--B--\r\n`)
  expect([response.status, await codeOf(response)]).toEqual([413, 'multipart-too-large'])
})

test('limits that are just kept are no hindrance', async () => {
  const { url } = await start({ fields: 1, fieldBytes: 10, files: 1, fileBytes: 10 })
  const body = part('name="a"', 'a'.repeat(10)) + part('name="f"; filename="f"', 'f'.repeat(10))
  expect((await postRaw(url, `${body}--B--\r\n`)).status).toBe(200)
})

test('a caller that goes away fails the file that is being read', async () => {
  const failures: unknown[] = []
  const { port } = await start({}, { failures })
  const head =
    'POST /upload HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=B\r\ncontent-length: 900000\r\n\r\n'
  const connection = await dial(
    port,
    `${head}--B\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nabc`,
  )
  await delay(100)
  connection.socket.resetAndDestroy()
  while (failures.length === 0) await delay(5)
  expect(failures[0]).toBeInstanceOf(HttpError)
  expect((failures[0] as HttpError).code).toBe('client-aborted')
})

const upTo = (length: number, sent: string) =>
  `POST /upload HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=B\r\ncontent-length: ${length}\r\n\r\n${sent}`
const fileHead = '--B\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
const limits = { stalledTimeoutMs: 100, drainTimeoutMs: 100 }

test.each([
  ['at once', () => undefined],
  ['in the same turn', () => Promise.resolve()],
  ['later', () => delay(20)],
])('a small form that comes with its headers is read whole, %s', async (_when, wait) => {
  const { port } = await serve((server) =>
    server.before(wait).addRoute('/upload', Upload, { deps: { limits: {} } }),
  )
  const form = `${part('name="a"', '1')}${fileHead}abc\r\n${part('name="b"', '2')}--B--\r\n`
  const connection = await dial(port, upTo(form.length, form).replace('\r\n', '\r\nconnection: close\r\n'))
  const answer = await connection.closed
  expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toEqual([
    { kind: 'field', name: 'a', what: '1' },
    { kind: 'file', name: 'f', what: sha256('abc') },
    { kind: 'field', name: 'b', what: '2' },
  ])
})

test('a file that stalls is given up', async () => {
  const { port } = await serve((server) => server.addRoute('/upload', Upload, { deps: { limits: {} } }), {
    limits,
  })
  const connection = await dial(port, upTo(900_000, `${fileHead}abc`))
  const answer = await connection.closed
  expect(answer).toContain('HTTP/1.1 408 ')
  expect(answer).toContain('body-stalled')
})

class Hesitant extends RestHandler {
  override async post() {
    let size = 0
    for await (const part of this.request.multipart()) {
      if (part.kind === 'field') continue
      await delay(400)
      for await (const chunk of part.stream) size += (chunk as Buffer).length
    }
    return { size }
  }
}

test.each([1_000_000, 10_000_000])(
  'a reader that hesitates is not the fault of who sends %i bytes',
  async (size) => {
    const { url } = await serve((server) => server.addRoute('/upload', Hesitant), { limits })
    const form = new FormData()
    form.append('file', new File([new Uint8Array(size)], 'a'))
    const response = await fetch(`${url}/upload`, { method: 'POST', body: form })
    expect([response.status, await response.json()]).toEqual([200, { size }])
  },
)

class Giver extends RestHandler {
  override async post() {
    for await (const part of this.request.multipart()) {
      if (part.kind === 'file') part.stream.destroy()
      else return part.value
    }
    return undefined
  }

  override async put() {
    for await (const part of this.request.multipart()) {
      if (part.kind === 'file') throw new HttpError(422, 'unwanted', 'no such file is wanted')
    }
  }
}

test('a handler that gives up on a file goes on, or refuses', async () => {
  const { url } = await serve((server) => server.addRoute('/', Giver))
  const form = () => {
    const data = new FormData()
    data.append('file', new File([new Uint8Array(5_000_000)], 'a'))
    data.append('after', 'x')
    return data
  }
  const destroyed = await fetch(url, { method: 'POST', body: form() })
  expect([destroyed.status, await destroyed.text()]).toEqual([200, 'x'])
  const thrown = await fetch(url, { method: 'PUT', body: form() })
  expect([thrown.status, await codeOf(thrown)]).toEqual([422, 'unwanted'])
})

// What is merely waiting to be collected is not held: only after a collection does the figure mean anything.
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
const held = (): number => {
  collectGarbage()
  return process.memoryUsage().arrayBuffers
}
let peak = 0

class Slow extends RestHandler {
  override async post() {
    let size = 0
    for await (const part of this.request.multipart()) {
      if (part.kind === 'field') continue
      let nextLook = 0
      for await (const chunk of part.stream) {
        size += (chunk as Buffer).length
        if (size < nextLook) continue
        nextLook += 5_000_000
        // Time for a sender without back-pressure to fill the memory.
        await delay(20)
        peak = Math.max(peak, held())
      }
    }
    return { size }
  }
}

test('an upload of 100 MB through a slow reader does not fill the memory', async () => {
  const { port } = await serve((server) => server.addRoute('/', Slow))
  const before = held()
  peak = 0
  const request = httpRequest({
    port,
    host: '127.0.0.1',
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=B' },
  })
  const answered = once(request, 'response')
  request.write('--B\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n')
  const chunk = Buffer.alloc(256 * 1024)
  for (let sent = 0; sent < 400; sent++) {
    if (!request.write(chunk)) await once(request, 'drain')
  }
  request.end('\r\n--B--\r\n')
  const [response] = (await answered) as [AsyncIterable<Buffer>]
  let text = ''
  for await (const piece of response) text += piece.toString()
  expect(JSON.parse(text)).toEqual({ size: 400 * chunk.length })
  expect(peak - before).toBeLessThan(8 * 1024 * 1024)
})
