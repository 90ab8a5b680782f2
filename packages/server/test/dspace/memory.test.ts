import { fork, type ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { DSpaceSession } from '@hexapla/client'
import { ADMINISTRATOR, buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

const MB = 1024 * 1024
/** "An upload of 1 GB must not grow the process by more than 64 MB" ("Budgets" of ARCHITECTURE.md). */
const MAX_GROWTH = 64 * MB
const SIZE = 200 * MB
const CHUNK = randomBytes(MB)

let records: TestServer
let child: ChildProcess
let session: DSpaceSession
let bundleId: string

beforeAll(async () => {
  records = await startTestServer()
  const build = buildersFor(records.repository)
  bundleId = (await build.bundle((await build.item()).id)).id
  child = fork(fileURLToPath(new URL('server-process.ts', import.meta.url)), {
    execArgv: ['--conditions=@hexapla/source', '--expose-gc'],
    env: { ...process.env, ...records.environment },
  })
  const { url } = (await message()) as { url: string }
  session = new DSpaceSession(`${url}/server`, ADMINISTRATOR)
}, 30_000)

afterAll(async () => {
  const ended = once(child, 'exit')
  child.send('stop')
  await ended
  await records.stop()
})

async function message(): Promise<unknown> {
  const [received] = (await once(child, 'message')) as [unknown]
  return received
}

async function ask(order: 'reset' | 'growth'): Promise<number> {
  const answer = message()
  child.send(order)
  return ((await answer) as { growth: number }).growth
}

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
  await download((await upload(20 * MB)).id)

  await ask('reset')
  const { id, md5 } = await upload(SIZE)
  const uploading = await ask('growth')

  await ask('reset')
  expect(await download(id)).toBe(md5)
  const downloading = await ask('growth')

  expect(uploading).toBeLessThan(MAX_GROWTH)
  expect(downloading).toBeLessThan(MAX_GROWTH)
}, 60_000)
