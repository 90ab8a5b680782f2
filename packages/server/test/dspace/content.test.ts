import { createHash, randomUUID } from 'node:crypto'
import type { Bitstream } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson } from './raw-session.ts'
import { refused } from './refused.ts'

const reader = { email: 'reader@example.org', password: 'correct horse battery staple' }
const TEXT = '0123456789'
const MD5 = createHash('md5').update(TEXT).digest('hex')
let server: TestServer
let build: ReturnType<typeof buildersFor>
let bundleId: string

beforeAll(async () => {
  server = await startTestServer()
  build = buildersFor(server.repository)
  await createPerson(server.session(), reader)
  await server.session().post('/api/core/bitstreamformats', {
    json: {
      shortDescription: 'Drawing',
      mimetype: 'image/svg+xml',
      supportLevel: 'SUPPORTED',
      extensions: ['svg'],
    },
  })
  bundleId = (await build.bundle((await build.item()).id)).id
})
afterAll(() => server.stop())

const newFile = (name = 'a.txt', content = TEXT): Promise<Bitstream> => build.file(bundleId, name, content)
const path = ({ id }: { id: string }) => `/api/core/bitstreams/${id}/content`
const url = ({ id }: { id: string }) => `${server.api}/core/bitstreams/${id}/content`
const read = (file: { id: string }, headers: Record<string, string> = {}) => fetch(url(file), { headers })
const close = ({ id }: { id: string }) =>
  server.repository.database.write.deleteFrom('resource_policy').where('resource_id', '=', id).execute()

describe('the content of a file', () => {
  test('is sent with what is known of it', async () => {
    const file = await newFile()
    const response = await read(file)
    expect(response.status).toBe(200)
    expect(await response.text()).toBe(TEXT)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/plain',
      'content-length': '10',
      'content-disposition': 'inline; filename=a.txt',
      'accept-ranges': 'bytes',
      etag: `"${MD5}"`,
      'last-modified': file.modifiedAt.toUTCString(),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
    })
    expect(response.headers.has('content-language')).toBe(false)
  })

  test('is announced without its bytes', async () => {
    const response = await fetch(url(await newFile()), { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-length')).toBe('10')
    expect(response.headers.get('etag')).toBe(`"${MD5}"`)
    expect(await response.text()).toBe('')
  })

  test('may be empty', async () => {
    const response = await read(await newFile('empty.txt', ''))
    expect(response.headers.get('content-length')).toBe('0')
    expect(await response.text()).toBe('')
  })

  test('is not sent again to who has it', async () => {
    const file = await newFile()
    const status = async (headers: Record<string, string>) => (await read(file, headers)).status
    expect(await status({ 'if-none-match': `"other", "${MD5}"` })).toBe(304)
    expect(await status({ 'if-none-match': '"other"' })).toBe(200)
    expect(await status({ 'if-modified-since': new Date().toUTCString() })).toBe(304)
    expect(await status({ 'if-modified-since': new Date(0).toUTCString() })).toBe(200)
    expect(await status({ 'if-match': '"other"' })).toBe(412)
    expect(await status({ 'if-match': `"${MD5}"` })).toBe(200)
  })

  test('may be kept by all caches only when everybody may read it', async () => {
    const file = await newFile()
    expect((await read(file)).headers.get('cache-control')).toBe('public, no-cache')
    const signedIn = await server.session().get(path(file))
    expect(signedIn.headers.get('cache-control')).toBe('private, no-cache')
    expect(signedIn.headers.get('vary')).toContain('Authorization')
  })
})

describe('a range of a file', () => {
  test('is sent alone', async () => {
    const file = await newFile()
    const range = async (value: string, more: Record<string, string> = {}) => {
      const response = await read(file, { range: value, ...more })
      return [response.status, response.headers.get('content-range'), await response.text()]
    }
    expect(await range('bytes=2-4')).toEqual([206, 'bytes 2-4/10', '234'])
    expect(await range('bytes=7-')).toEqual([206, 'bytes 7-9/10', '789'])
    expect(await range('bytes=-2')).toEqual([206, 'bytes 8-9/10', '89'])
    expect(await range('bytes=8-99')).toEqual([206, 'bytes 8-9/10', '89'])
    expect(await range('lines=1-2')).toEqual([200, null, TEXT])
    expect(await range('bytes=2-4', { 'if-range': `"${MD5}"` })).toEqual([206, 'bytes 2-4/10', '234'])
    expect(await range('bytes=2-4', { 'if-range': '"older"' })).toEqual([200, null, TEXT])
  })

  test('is refused beyond the end', async () => {
    const response = await read(await newFile(), { range: 'bytes=10-' })
    expect(response.status).toBe(416)
    expect(response.headers.get('content-range')).toBe('bytes */10')
    expect(await response.json()).toMatchObject({ code: 'range-not-satisfiable' })
  })

  test('is one of several', async () => {
    const response = await read(await newFile(), { range: 'bytes=0-1,5-6' })
    expect(response.status).toBe(206)
    expect(response.headers.get('content-type')).toMatch(/^multipart\/byteranges; boundary=/)
    const parts = await response.text()
    expect(parts).toContain('Content-Range: bytes 0-1/10\r\n\r\n01\r\n')
    expect(parts).toContain('Content-Range: bytes 5-6/10\r\n\r\n56\r\n')
  })
})

describe('a browser', () => {
  const dispositionOf = async (name: string, content: string = randomUUID()) => {
    const response = await read(await newFile(name, content))
    const disposition = response.headers.get('content-disposition') ?? ''
    return [response.headers.get('content-type'), disposition.split(';')[0]]
  }

  test.each([
    ['page.html', 'text/html'],
    ['drawing.svg', 'image/svg+xml'],
    ['data.xml', 'text/xml'],
    ['script.js', 'text/javascript'],
    ['style.css', 'text/css'],
    ['table.csv', 'text/csv'],
    ['unknown', 'application/octet-stream'],
  ])('is given %s to save, never to show', async (name, type) => {
    expect(await dispositionOf(name)).toEqual([type, 'attachment'])
  })

  test.each([
    ['a.txt', 'text/plain'],
    ['a.png', 'image/png'],
    ['a.mp4', 'video/mp4'],
    ['a.mp3', 'audio/mpeg'],
    ['a.pdf', 'application/pdf'],
  ])('may show %s', async (name, type) => {
    expect(await dispositionOf(name)).toEqual([type, 'inline'])
  })

  test('shows a PDF, which a sandbox would keep it from, but no other type without one', async () => {
    const policyOf = async (name: string) =>
      (await read(await newFile(name, randomUUID()))).headers.get('content-security-policy')
    expect(await policyOf('a.pdf')).toBeNull()
    expect(await policyOf('a.html')).toBe("sandbox; default-src 'none'")
    expect(await policyOf('a.png')).toBe("sandbox; default-src 'none'")
  })

  test.each([
    ['größe.txt', `inline; filename="gr??e.txt"; filename*=UTF-8''gr%C3%B6%C3%9Fe.txt`],
    ['a "b".txt', String.raw`inline; filename="a \"b\".txt"`],
    ['../../etc/passwd.txt', 'inline; filename=passwd.txt'],
    ['a\r\nSet-Cookie: b.txt', 'inline; filename="aSet-Cookie: b.txt"'],
  ])('saves %j under a harmless name', async (name, disposition) => {
    const response = await read(await newFile(name, randomUUID()))
    expect(response.headers.get('content-disposition')).toBe(disposition)
    expect(response.headers.get('set-cookie') ?? '').not.toContain('b.txt')
  })
})

describe('a file that is not for everybody', () => {
  test('is sent to those alone who may read it', async () => {
    const file = await newFile()
    await close(file)
    expect(await refused(server.anonymous().get(path(file)))).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
    expect(await refused(server.session(reader).get(path(file)))).toEqual({
      status: 403,
      code: 'NOT_ALLOWED',
    })
    const head = await fetch(url(file), { method: 'HEAD' })
    expect(head.status).toBe(401)
    expect(head.headers.get('www-authenticate')).toContain('password')
    expect(head.headers.has('etag')).toBe(false)
    expect(await (await server.session().get(path(file))).text()).toBe(TEXT)
  })

  test('is opened by a token in the address', async () => {
    const file = await newFile()
    await close(file)
    const answer = await server.session().post('/api/authn/shortlivedtokens')
    const { token } = (await answer.json()) as { token: string }
    const response = await fetch(`${url(file)}?authentication-token=${token}`)
    expect(await response.text()).toBe(TEXT)
    expect(response.headers.get('cache-control')).toBe('private, no-cache')
    expect((await fetch(`${url(file)}?authentication-token=wrong`)).status).toBe(401)
  })
})

test('content is found where it is, and cannot be replaced through its address', async () => {
  const session = server.session()
  const nowhere = { id: randomUUID() }
  expect(await refused(session.get(path(nowhere)))).toEqual({ status: 404, code: 'NOT_FOUND' })
  const put = session.put(path(await newFile()), { body: 'x' })
  expect(await refused(put)).toEqual({ status: 405, code: 'method-not-allowed' })
})
