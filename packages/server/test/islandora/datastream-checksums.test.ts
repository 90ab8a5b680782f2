import { createHash } from 'node:crypto'
import { startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { administratorClient, type IslandoraClient } from './islandora-client.ts'

const ALGORITHMS = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
} as const

let server: TestServer
let admin: IslandoraClient
beforeAll(async () => {
  server = await startTestServer()
  admin = await administratorClient(server)
})
afterAll(() => server.stop())

const file = (text: string) => new File([text], 'a.txt', { type: 'text/plain' })
async function newDatastream(fields: Record<string, string | File>): Promise<string> {
  const { pid } = (await admin.send('POST', 'object')).json as { pid: string }
  const answer = await admin.form('POST', `object/${pid}/datastream`, { dsid: 'OBJ', ...fields })
  expect(answer.status).toBe(201)
  expect((await admin.send('GET', `object/${pid}/datastream/OBJ?content=false`)).json).toEqual(answer.json)
  return `object/${pid}/datastream/OBJ`
}
const properties = async (path: string) => (await admin.send('GET', `${path}?content=false`)).json

test.each(Object.entries(ALGORITHMS))(
  '%s: by POST, by PUT of JSON, and of a new content',
  async (type, algorithm) => {
    const digest = (text: string) => createHash(algorithm).update(text).digest('hex')
    const path = await newDatastream({ checksumType: type, file: file(`one ${type}`) })
    expect(await properties(path)).toMatchObject({ checksumType: type, checksum: digest(`one ${type}`) })

    const later = await newDatastream({ file: file(`later ${type}`) })
    expect(await properties(later)).toMatchObject({ checksumType: 'DISABLED', checksum: 'none' })
    const put = await admin.json('PUT', later, { checksumType: type })
    expect(put.json).toMatchObject({ checksumType: type, checksum: digest(`later ${type}`) })

    const replaced = await admin.form('PUT', path, { file: file(`two ${type}`) })
    expect(replaced.json).toMatchObject({ checksumType: type, checksum: digest(`two ${type}`) })
    const without = await admin.form('PUT', path, { checksumType: 'DISABLED', file: file(`three ${type}`) })
    expect(without.json).toMatchObject({ checksumType: 'DISABLED', checksum: 'none' })
  },
)

test('validators are of the content: they change with it, and are those of a version where one is asked for', async () => {
  const path = await newDatastream({ file: file('first'), state: 'I' })
  const first = await admin.send('GET', path)
  const { created } = (await properties(path)) as { created: string }
  expect(first.headers.get('etag')).toBe(`"${createHash('md5').update('first').digest('hex')}"`)
  expect(first.headers.get('last-modified')).toBe(new Date(created).toUTCString())
  await admin.json('PUT', path, { label: 'Another label', state: 'D' })
  expect((await admin.send('GET', path)).headers.get('etag')).toBe(first.headers.get('etag'))
  expect(await properties(path)).toMatchObject({ state: 'D', created })

  await admin.form('PUT', path, { file: file('second') })
  const second = await admin.send('GET', path)
  expect(second.headers.get('etag')).not.toBe(first.headers.get('etag'))
  const former = await admin.send('GET', `${path}?version=${created}`, { headers: { range: 'bytes=0-1' } })
  expect(former).toMatchObject({ status: 206, text: 'fi' })
  expect(former.headers.get('etag')).toBe(first.headers.get('etag'))
  expect(former.headers.get('last-modified')).toBe(first.headers.get('last-modified'))
})

test('the media type is the one given, else that of the name, else that of the bytes', async () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex')
  const typeOf = async (path: string) => ((await properties(path)) as { mimeType: string }).mimeType
  const sent = (name: string, type: string) => new File([png], name, { type })
  const any = 'application/octet-stream'
  expect(await typeOf(await newDatastream({ mimeType: 'text/x-given', file: sent('a.pdf', any) }))).toBe(
    'text/x-given',
  )
  expect(await typeOf(await newDatastream({ file: sent('a.pdf', any) }))).toBe('application/pdf')
  expect(await typeOf(await newDatastream({ file: sent('a', any) }))).toBe('image/png')
  expect(await typeOf(await newDatastream({ file: sent('a', 'image/png') }))).toBe('image/png')
})
