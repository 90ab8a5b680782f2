import { fork, type ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { ADMINISTRATOR, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { basic, tokenOf } from './islandora-client.ts'

const MB = 1024 * 1024
/** "An upload of 1 GB must not grow the process by more than 64 MB" ("Budgets" of ARCHITECTURE.md). */
const MAX_GROWTH = 64 * MB
const SIZE = 200 * MB
const CHUNK = randomBytes(MB)
const BOUNDARY = 'a-boundary-that-is-in-no-part'

let records: TestServer
let child: ChildProcess
let object: string
let authorization: Record<string, string>

beforeAll(async () => {
  records = await startTestServer()
  authorization = basic(ADMINISTRATOR.email, await tokenOf(records))
  child = fork(fileURLToPath(new URL('../dspace/server-process.ts', import.meta.url)), {
    execArgv: ['--conditions=@hexapla/source', '--expose-gc'],
    env: { ...process.env, ...records.environment },
  })
  const { url } = (await message()) as { url: string }
  object = `${url}/islandora/rest/v1/object`
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

async function growthOf(work: () => Promise<unknown>): Promise<number> {
  await ask('reset')
  await work()
  return ask('growth')
}

/** Sends fields and a file of random bytes as a form, piece by piece. @returns what the answer says of it */
async function send(method: string, url: string, fields: Record<string, string>, size: number) {
  async function* form() {
    for (const [name, value] of Object.entries(fields)) {
      yield `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
    }
    yield `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="large.bin"\r\n\r\n`
    for (let sent = 0; sent < size; sent += CHUNK.length) yield CHUNK
    yield `\r\n--${BOUNDARY}--\r\n`
  }
  const encoder = new TextEncoder()
  const bytes = form()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await bytes.next()
      if (done === true) controller.close()
      else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
    },
  })
  const headers = { ...authorization, 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }
  const response = await fetch(url, { method, headers, body, duplex: 'half' })
  return (await response.json()) as { size: number; checksum: string }
}

function sha1(size: number): string {
  const hash = createHash('sha1')
  for (let done = 0; done < size; done += CHUNK.length) hash.update(CHUNK)
  return hash.digest('hex')
}

test('a large datastream is created and replaced in little memory, its checksum computed too', async () => {
  const made = await fetch(object, { method: 'POST', headers: authorization })
  const { pid } = (await made.json()) as { pid: string }
  const datastreams = `${object}/${pid}/datastream`
  await send('POST', datastreams, { dsid: 'TN', checksumType: 'SHA-1' }, 20 * MB)

  const fields = { dsid: 'OBJ', checksumType: 'SHA-1' }
  const creating = await growthOf(async () => {
    expect(await send('POST', datastreams, fields, SIZE)).toMatchObject({ size: SIZE, checksum: sha1(SIZE) })
  })
  const smaller = SIZE - 20 * MB
  const replacing = await growthOf(async () => {
    const answer = await send('PUT', `${datastreams}/OBJ`, {}, smaller)
    expect(answer).toMatchObject({ size: smaller, checksum: sha1(smaller) })
  })
  expect(creating).toBeLessThan(MAX_GROWTH)
  expect(replacing).toBeLessThan(MAX_GROWTH)
}, 90_000)
