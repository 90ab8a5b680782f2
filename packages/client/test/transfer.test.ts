import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DSpaceSession, type UploadProgress } from '../src/index.ts'
import { downloadToFile, fileSource, sessionFile } from '../src/node.ts'
import { account, json, startDSpace } from './dspace-server.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hexapla-client-'))
})
afterAll(() => rm(folder, { recursive: true }))

const content = randomBytes(1_000_003)
const sha256 = createHash('sha256').update(content).digest('hex')

/** Parses multipart/form-data with the platform's parser, which is none of ours. */
async function readForm(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const headers = { 'content-type': req.headers['content-type'] ?? '' }
  const form = await new Response(Readable.toWeb(req) as ReadableStream, { headers }).formData()
  const parts = await Promise.all(
    [...form].map(async ([field, value]) =>
      typeof value === 'string'
        ? { field, value }
        : {
            field,
            name: value.name,
            type: value.type,
            sha256: createHash('sha256')
              .update(await value.bytes())
              .digest('hex'),
          },
    ),
  )
  const { 'content-length': length, 'transfer-encoding': encoding } = req.headers
  json(res, 201, { parts, length, encoding })
}

describe('upload', () => {
  const path = '/api/core/bundles/b/bitstreams'
  const routes = { [`POST ${path}`]: readForm }

  test('a file of the disk goes with fields, length and true progress', async () => {
    await using server = await startDSpace({ version: 8, routes })
    const session = await DSpaceSession.login(server.endpoint, account)
    const file = join(folder, 'data "1".bin')
    await writeFile(file, content)
    const steps: UploadProgress[] = []
    const properties = { name: 'Données.bin', metadata: { 'dc.title': [{ value: 'Ω' }] } }
    const answer = await session.upload(path, {
      file: await fileSource(file),
      type: 'image/png',
      properties,
      onProgress: (step) => steps.push(step),
    })
    const { parts, length, encoding } = (await answer.json()) as Record<string, unknown>
    expect(parts).toEqual([
      { field: 'properties', value: JSON.stringify(properties) },
      { field: 'file', name: 'data "1".bin', type: 'image/png', sha256 },
    ])
    expect(Number(length)).toBeGreaterThan(content.length)
    expect(encoding).toBeUndefined()
    expect(steps.at(-1)).toEqual({ sentBytes: content.length, totalBytes: content.length })
    expect(steps.length).toBeGreaterThan(2)
    expect(steps.every((step, n) => n === 0 || step.sentBytes > (steps[n - 1]?.sentBytes ?? 0))).toBe(true)
  })

  test('a stream of unknown size goes chunked, a Blob with its length', async () => {
    await using server = await startDSpace({ version: 7, routes })
    const session = new DSpaceSession(server.endpoint, account)
    async function* chunks() {
      yield new Uint8Array(content.subarray(0, 10))
      yield new Uint8Array(content.subarray(10))
    }
    const steps: UploadProgress[] = []
    const onProgress = (step: UploadProgress) => steps.push(step)
    const streamed = await session.upload(path, {
      file: chunks(),
      name: 'ü\r\n.bin',
      fieldName: 'upload',
      onProgress,
    })
    expect(await streamed.json()).toEqual({
      parts: [{ field: 'upload', name: 'ü\r\n.bin', type: 'application/octet-stream', sha256 }],
      encoding: 'chunked',
    })
    expect(steps).toEqual([
      { sentBytes: 10, totalBytes: undefined },
      { sentBytes: content.length, totalBytes: undefined },
    ])
    const blob = await session.upload(path, { file: new File([content], 'b.txt', { type: 'text/plain' }) })
    expect(await blob.json()).toMatchObject({ parts: [{ name: 'b.txt', type: 'text/plain', sha256 }] })
  })

  test('a file of another size than told ends the upload', async () => {
    await using server = await startDSpace({ version: 8, routes })
    const session = await DSpaceSession.login(server.endpoint, account)
    for (const size of [content.length - 1, content.length + 1]) {
      const upload = session.upload(path, { file: new Blob([content]).stream(), size })
      await expect(upload).rejects.toMatchObject({ code: 'size_mismatch' })
    }
    const faulty = session.upload(path, { file: new Blob([]), type: 'text/plain\r\nX-Bad: 1' })
    await expect(faulty).rejects.toMatchObject({ code: 'body_invalid' })
  })

  test('an abort in the middle ends reading and sending', async () => {
    let received = 0
    const closed = Promise.withResolvers<void>()
    await using server = await startDSpace({
      version: 8,
      routes: {
        [`POST ${path}`]: (req) => {
          req.on('data', (chunk: Buffer) => (received += chunk.length))
          req.on('close', () => closed.resolve())
        },
      },
    })
    const session = await DSpaceSession.login(server.endpoint, account)
    const controller = new AbortController()
    const reason = new Error('enough')
    let ended = false
    async function* endless() {
      try {
        for (;;) {
          yield new Uint8Array(65_536)
          if (received > 500_000) controller.abort(reason)
        }
      } finally {
        ended = true
      }
    }
    await expect(session.upload(path, { file: endless(), signal: controller.signal })).rejects.toBe(reason)
    await closed.promise
    expect(ended).toBe(true)
  })
})

describe('download', () => {
  const path = '/api/core/bitstreams/1/content'

  /** Answers ranges, and breaks off after `cut` bytes of the first answers. */
  function contentRoute(cuts: number[] = [], etag = '"v1"', bytes = content) {
    const asked: (string | undefined)[] = []
    const route = (req: IncomingMessage, res: ServerResponse) => {
      const { range, 'if-range': ifRange } = req.headers
      asked.push(range)
      const start = ifRange === undefined || ifRange === etag ? Number(/\d+/.exec(range ?? '')?.[0] ?? 0) : 0
      if (start >= bytes.length)
        return void res.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end()
      const headers = { etag, 'content-length': bytes.length - start, 'accept-ranges': 'bytes' }
      if (start === 0) res.writeHead(200, headers)
      else
        res.writeHead(206, {
          ...headers,
          'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}`,
        })
      const cut = cuts.shift()
      if (cut === undefined) return void res.end(bytes.subarray(start))
      return void res.write(bytes.subarray(start, start + cut), () => setTimeout(() => res.destroy(), 20))
    }
    return { asked, route }
  }

  test('a stream with range, sizes and progress', async () => {
    const { route } = contentRoute()
    await using server = await startDSpace({ version: 8, routes: { [path]: route } })
    const session = new DSpaceSession(server.endpoint, account)
    const steps: number[] = []
    const download = await session.download(path, {
      range: { start: 1000 },
      onProgress: (step) => steps.push(step.receivedBytes),
    })
    expect(download).toMatchObject({ status: 206, start: 1000, totalBytes: content.length, etag: '"v1"' })
    const bytes = await new Response(download.stream).bytes()
    expect(Buffer.compare(bytes, content.subarray(1000))).toBe(0)
    expect(steps.at(-1)).toBe(content.length)
    expect(server.seen.at(-1)?.headers['accept-encoding']).toBe('identity')
  })

  test('broken connections are taken up where they broke', async () => {
    const { route, asked } = contentRoute([300_000, 200_000])
    await using server = await startDSpace({ version: 8, routes: { [path]: route } })
    const session = new DSpaceSession(server.endpoint, account)
    const file = join(folder, 'broken.bin')
    const done = await downloadToFile(session, path, file, {
      checksum: { algorithm: 'sha256', value: sha256 },
    })
    expect(done).toEqual({ path: file, size: content.length, resumedFrom: 0, etag: '"v1"' })
    expect(asked).toEqual([undefined, 'bytes=300000-', 'bytes=500000-'])
    expect(Buffer.compare(await readFile(file), content)).toBe(0)
    expect((await readdir(folder)).filter((name) => name.startsWith('broken.bin.'))).toEqual([])
  })

  test('what an aborted call left is gone on from; progress counts the whole file', async () => {
    const { route, asked } = contentRoute([400_000])
    await using server = await startDSpace({ version: 8, routes: { [path]: route } })
    const session = new DSpaceSession(server.endpoint, account)
    const file = join(folder, 'aborted.bin')
    const controller = new AbortController()
    const aborted = downloadToFile(session, path, file, {
      signal: controller.signal,
      onProgress: ({ receivedBytes }) => receivedBytes >= 400_000 && controller.abort(),
    })
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' })
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' })
    const left = (await stat(`${file}.part`)).size
    expect(left).toBeGreaterThan(0)

    const steps: number[] = []
    const done = await downloadToFile(session, path, file, {
      resume: true,
      onProgress: ({ receivedBytes }) => steps.push(receivedBytes),
    })
    expect(done).toMatchObject({ size: content.length, resumedFrom: left })
    expect(asked.at(-1)).toBe(`bytes=${left}-`)
    expect(steps[0]).toBeGreaterThan(left)
    expect(steps.at(-1)).toBe(content.length)
    expect(Buffer.compare(await readFile(file), content)).toBe(0)
  })

  test('a part of another version of the file is thrown away', async () => {
    const file = join(folder, 'changed.bin')
    await writeFile(`${file}.part`, randomBytes(500))
    await writeFile(`${file}.part.validator`, '"v0"')
    const { route } = contentRoute()
    await using server = await startDSpace({ version: 8, routes: { [path]: route } })
    await downloadToFile(new DSpaceSession(server.endpoint, account), path, file, { resume: true })
    expect(Buffer.compare(await readFile(file), content)).toBe(0)
  })

  test('a part that is whole needs no more bytes, one that is too long is fetched anew', async () => {
    const { route, asked } = contentRoute()
    await using server = await startDSpace({ version: 8, routes: { [path]: route } })
    const session = new DSpaceSession(server.endpoint, account)
    for (const extra of [0, 5]) {
      const file = join(folder, `whole-${extra}.bin`)
      await writeFile(`${file}.part`, Buffer.concat([content, randomBytes(extra)]))
      await writeFile(`${file}.part.validator`, '"v1"')
      await downloadToFile(session, path, file, { resume: true })
      expect(Buffer.compare(await readFile(file), content)).toBe(0)
    }
    expect(asked).toEqual([`bytes=${content.length}-`, `bytes=${content.length + 5}-`, undefined])
  })

  test('a false size or checksum leaves nothing behind', async () => {
    const { route } = contentRoute()
    await using server = await startDSpace({ version: 8, routes: { [path]: route } })
    const session = new DSpaceSession(server.endpoint, account)
    const file = join(folder, 'false.bin')
    await expect(downloadToFile(session, path, file, { size: 5 })).rejects.toMatchObject({
      code: 'size_mismatch',
    })
    const checksum = { algorithm: 'md5', value: '0'.repeat(32) } as const
    await expect(downloadToFile(session, path, file, { checksum })).rejects.toMatchObject({
      code: 'checksum_mismatch',
    })
    expect((await readdir(folder)).filter((name) => name.startsWith('false.bin'))).toEqual([])
  })
})

test('a session file is the owner’s alone and is replaced as a whole', async () => {
  const file = sessionFile(join(folder, 'deep', 'session.json'))
  expect(await file.load()).toBeUndefined()
  const session = new DSpaceSession('https://example.org/server', account)
  await file.save(session.state())
  await file.save(session.state())
  expect((await stat(join(folder, 'deep', 'session.json'))).mode & 0o777).toBe(0o600)
  expect(await readdir(join(folder, 'deep'))).toEqual(['session.json'])
  expect(await file.load()).toEqual(JSON.parse(JSON.stringify(session.state())))
  await writeFile(join(folder, 'deep', 'session.json'), '{"half')
  await expect(file.load()).rejects.toMatchObject({ code: 'state_invalid' })
  await file.remove()
  expect(await file.load()).toBeUndefined()
})
