import { createHash, randomBytes } from 'node:crypto'
import { ADMINISTRATOR, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LARGE, MAX_GROWTH, startServerProcess, type ServerProcess } from '../server-process.ts'
import { basic, tokenOf } from './islandora-client.ts'

const CHUNK = randomBytes(1024 * 1024)
const BOUNDARY = 'a-boundary-that-is-in-no-part'

let records: TestServer
let server: ServerProcess
let object: string
let authorization: Record<string, string>

beforeAll(async () => {
  records = await startTestServer()
  authorization = basic(ADMINISTRATOR.email, await tokenOf(records))
  server = await startServerProcess(records.environment)
  object = `${server.url}/islandora/rest/v1/object`
})

afterAll(async () => {
  await server.stop()
  await records.stop()
})

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

  const creating = await server.growthOf(async (size) => {
    const fields = { dsid: `OBJ-${size}`, checksumType: 'SHA-1' }
    expect(await send('POST', datastreams, fields, size)).toMatchObject({ size, checksum: sha1(size) })
  })
  const replacing = await server.growthOf(async (size) => {
    // Other bytes than it has: these would not be kept again.
    const other = size - CHUNK.length
    const answer = await send('PUT', `${datastreams}/OBJ-${LARGE}`, {}, other)
    expect(answer).toMatchObject({ size: other, checksum: sha1(other) })
  })
  expect(creating).toBeLessThan(MAX_GROWTH)
  expect(replacing).toBeLessThan(MAX_GROWTH)
})
