import { createHash, randomBytes } from 'node:crypto'
import { DSpaceSession } from '@hexapla/client'
import { ADMINISTRATOR, buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MAX_GROWTH, startServerProcess, type ServerProcess } from '../server-process.ts'

const CHUNK = randomBytes(1024 * 1024)

let records: TestServer
let server: ServerProcess
let session: DSpaceSession
let bundleId: string

beforeAll(async () => {
  records = await startTestServer()
  const build = buildersFor(records.repository)
  bundleId = (await build.bundle((await build.item()).id)).id
  server = await startServerProcess(records.environment)
  session = new DSpaceSession(`${server.url}/server`, ADMINISTRATOR)
})

afterAll(async () => {
  await server.stop()
  await records.stop()
})

async function upload(size: number): Promise<{ id: string; md5: string }> {
  const hash = createHash('md5')
  async function* bytes() {
    for (let sent = 0; sent < size; sent += CHUNK.length) {
      hash.update(CHUNK)
      yield CHUNK
    }
  }
  const answer = await session.upload(`/api/core/bundles/${bundleId}/bitstreams`, {
    file: { name: 'large.bin', size, open: bytes },
  })
  const document = (await answer.json()) as { id: string; sizeBytes: number; checkSum: { value: string } }
  const md5 = hash.digest('hex')
  expect(document).toMatchObject({ sizeBytes: size, checkSum: { value: md5 } })
  return { id: document.id, md5 }
}

async function download(id: string): Promise<string> {
  const hash = createHash('md5')
  const response = await session.get(`/api/core/bitstreams/${id}/content`)
  for await (const chunk of response.body ?? []) hash.update(chunk)
  return hash.digest('hex')
}

test('a large file goes through the server in little memory, up and down', async () => {
  const sent = new Map<number, { id: string; md5: string }>()
  const uploading = await server.growthOf(async (size) => sent.set(size, await upload(size)))
  const downloading = await server.growthOf(async (size) => {
    const { id = '', md5 } = sent.get(size) ?? {}
    expect(await download(id)).toBe(md5)
  })
  expect(uploading).toBeLessThan(MAX_GROWTH)
  expect(downloading).toBeLessThan(MAX_GROWTH)
})
