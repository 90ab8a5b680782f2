import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  administratorClient,
  islandoraClient,
  type FormFields,
  type IslandoraClient,
} from './islandora-client.ts'

const FILM = 'a film that is kept elsewhere'

let source: Server
let other: Server
let server: TestServer
let admin: IslandoraClient
let anonymous: IslandoraClient
/** The addresses of the source and of one that nobody listed. */
let listed: string
let unlisted: string
/** What the source was asked with. */
let asked: { method: string; headers: IncomingHttpHeaders }[] = []

beforeAll(async () => {
  source = createServer((request, response) => {
    asked.push({ method: request.method ?? '', headers: request.headers })
    const { pathname } = new URL(request.url ?? '', listed)
    if (pathname === '/near') return void response.writeHead(302, { location: '/film.txt' }).end()
    if (pathname === '/far') return void response.writeHead(302, { location: `${unlisted}/film.txt` }).end()
    if (pathname !== '/film.txt') return void response.writeHead(404).end('nothing here')
    const headers = {
      'content-type': 'text/plain',
      etag: '"film"',
      'set-cookie': 'a=b',
      'accept-ranges': 'bytes',
    }
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
    if (range === null) {
      response.writeHead(200, { ...headers, 'content-length': FILM.length })
      return void response.end(request.method === 'HEAD' ? undefined : FILM)
    }
    const [start, end] = [Number(range[1]), Number(range[2])]
    if (start >= FILM.length) return void response.writeHead(416).end()
    response.writeHead(206, { ...headers, 'content-range': `bytes ${start}-${end}/${FILM.length}` })
    response.end(FILM.slice(start, end + 1))
  })
  other = createServer((_, response) => response.end('secret'))
  listed = await listen(source)
  unlisted = await listen(other)
  server = await startTestServer({ HEXAPLA_EXTERNAL_HOSTS: new URL(listed).host })
  admin = await administratorClient(server)
  anonymous = islandoraClient(server)
})
afterAll(async () => {
  await server.stop()
  for (const one of [source, other]) one.close()
})

async function listen(one: Server): Promise<string> {
  one.listen(0, '127.0.0.1')
  await once(one, 'listening')
  return `http://127.0.0.1:${(one.address() as AddressInfo).port}`
}

const newObject = async (): Promise<string> =>
  ((await admin.send('POST', 'object')).json as { pid: string }).pid
const add = (pid: string, fields: FormFields) => admin.form('POST', `object/${pid}/datastream`, fields)
/** The path of a new datastream. */
async function newAddress(controlGroup: 'E' | 'R', url: string, fields: FormFields = {}): Promise<string> {
  const pid = await newObject()
  const { status, text } = await add(pid, { dsid: 'FILM', controlGroup, url, ...fields })
  expect({ status, text }).toMatchObject({ status: 201 })
  return `object/${pid}/datastream/FILM`
}

describe('R: readers are sent to the address', () => {
  test('GET of the content redirects, wherever that is; its properties are told here', async () => {
    const path = await newAddress('R', 'https://example.org/film.mp4?a=b', { label: 'A film' })
    const answer = await anonymous.send('GET', path)
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe('https://example.org/film.mp4?a=b')
    const { json } = await anonymous.send('GET', `${path}?content=false`)
    expect(json).toMatchObject({
      dsid: 'FILM',
      label: 'A film',
      controlGroup: 'R',
      mimeType: 'video/mp4',
      size: 0,
      checksumType: 'DISABLED',
      checksum: 'none',
    })
  })

  test('another address by PUT; the one before is a version', async () => {
    const path = await newAddress('R', 'https://example.org/one', { mimeType: 'text/csv' })
    const { created } = (await admin.send('GET', `${path}?content=false`)).json as { created: string }
    const put = await admin.json('PUT', path, { url: 'https://example.org/two', mimeType: 'text/csv' })
    expect(put).toMatchObject({ status: 200, json: { mimeType: 'text/csv', versions: [{ created }] } })
    const locationOf = async (address: string) =>
      (await anonymous.send('GET', address)).headers.get('location')
    expect(await locationOf(path)).toBe('https://example.org/two')
    expect(await locationOf(`${path}?version=${created}`)).toBe('https://example.org/one')
  })
})

describe('E: the content is fetched from the hosts that are listed', () => {
  test('it is passed on with type, length, validator and ranges; nothing private goes either way', async () => {
    const path = await newAddress('E', `${listed}/film.txt`)
    asked = []
    const headers = { 'x-private': 'yes', range: 'bytes=2-5' }
    const whole = await admin.send('GET', path, { headers: { 'x-private': 'yes' } })
    expect(whole).toMatchObject({ status: 200, text: FILM })
    expect(whole.headers.get('content-type')).toBe('text/plain')
    expect(whole.headers.get('content-length')).toBe(String(FILM.length))
    expect(whole.headers.get('etag')).toBe('"film"')
    expect(whole.headers.get('set-cookie')).toBeNull()
    expect(whole.headers.get('content-disposition')).toMatch(/^inline/)
    expect(whole.headers.get('content-security-policy')).toContain('sandbox')
    const part = await admin.send('GET', path, { headers })
    expect(part).toMatchObject({ status: 206, text: FILM.slice(2, 6) })
    expect(part.headers.get('content-range')).toBe(`bytes 2-5/${FILM.length}`)
    expect((await admin.send('HEAD', path)).headers.get('content-length')).toBe(String(FILM.length))
    expect(asked.map(({ method }) => method)).toEqual(['GET', 'GET', 'HEAD'])
    for (const { headers: sent } of asked) {
      expect(Object.keys(sent)).not.toEqual(expect.arrayContaining(['authorization']))
      expect(sent['x-private']).toBeUndefined()
      expect(sent.cookie).toBeUndefined()
    }
  })

  test('redirects are followed among the hosts listed, and nowhere else', async () => {
    expect(await anonymous.send('GET', await newAddress('E', `${listed}/near`))).toMatchObject({
      status: 200,
      text: FILM,
    })
    const far = await anonymous.send('GET', await newAddress('E', `${listed}/far`))
    expect(far.status).toBe(403)
    expect(far.text).not.toContain('secret')
  })

  test('403 where the host is not listed, 502 and 504 where the source fails, 416 for a range that is none', async () => {
    const refused = await anonymous.send('GET', await newAddress('E', `${unlisted}/film.txt`))
    expect(refused).toMatchObject({ status: 403, json: { message: expect.stringContaining('127.0.0.1') } })
    expect((await anonymous.send('GET', await newAddress('E', `${listed}/none`))).status).toBe(502)
    const path = await newAddress('E', `${listed}/film.txt`)
    expect((await anonymous.send('GET', path, { headers: { range: 'bytes=900-901' } })).status).toBe(416)
  })

  test('in DSpace it is a file with the address in it, in the bundle EXTERNAL', async () => {
    const path = await newAddress('E', `${listed}/film.txt`)
    const pid = path.split('/')[1] ?? ''
    const object = await server.repository.useCases.objects.read(await anonymousActor(), pid)
    const [datastream] = object.datastreams
    expect(datastream?.file.bundleName).toBe('EXTERNAL')
    const content = await fetch(`${server.api}/core/bitstreams/${datastream?.file.id}/content`)
    expect(await content.text()).toBe(`${listed}/film.txt\r\n`)
  })
})

const anonymousActor = () => server.repository.useCases.access.anonymous()

describe('what is refused', () => {
  test('400: a url that is none, beside a file, without a control group for it, a checksum of it', async () => {
    const pid = await newObject()
    const url = 'https://example.org/'
    const file = new File(['bytes'], 'a.txt')
    for (const fields of [
      { controlGroup: 'E', url: 'file:///etc/passwd' },
      { controlGroup: 'E', url: 'example.org' },
      { controlGroup: 'R', url: 'https://user:secret@example.org/' },
      { controlGroup: 'R', url: `https://example.org/${'a'.repeat(8000)}` },
      { controlGroup: 'R', url, checksumType: 'SHA-1' },
      { controlGroup: 'R' },
      { controlGroup: 'R', file },
      { controlGroup: 'R', url, file },
      { controlGroup: 'M', url },
      { url },
    ]) {
      const given: FormFields = Object.fromEntries(Object.entries(fields))
      expect({ fields, status: (await add(pid, { dsid: 'FILM', ...given })).status }).toMatchObject({
        status: 400,
      })
    }
    expect((await admin.send('GET', `object/${pid}/datastream/FILM`)).status).toBe(404)
  })

  test('400: a file for what holds an address, and the other way round', async () => {
    const path = await newAddress('R', 'https://example.org/')
    expect((await admin.form('PUT', path, { file: new File(['a'], 'a.txt') })).status).toBe(400)
    expect((await admin.json('PUT', path, { checksumType: 'MD5' })).status).toBe(400)
    const pid = path.split('/')[1] ?? ''
    await add(pid, { dsid: 'OBJ', file: new File(['a'], 'a.txt') })
    const managed = `object/${pid}/datastream/OBJ`
    expect((await admin.json('PUT', managed, { url: 'https://example.org/' })).status).toBe(400)
    expect((await admin.send('GET', managed)).text).toBe('a')
  })

  test('401 for visitors, 409 for one that exists', async () => {
    const path = await newAddress('R', 'https://example.org/')
    const pid = path.split('/')[1] ?? ''
    const fields = { dsid: 'FILM', controlGroup: 'R', url: 'https://example.org/' }
    expect((await anonymous.form('POST', `object/${pid}/datastream`, fields)).status).toBe(401)
    expect((await add(pid, fields)).status).toBe(409)
  })
})

describe('X: inline XML', () => {
  test('is well-formed, when it comes and when it is replaced; else it is as M', async () => {
    const pid = await newObject()
    const xml = (text: string) => new File([text], 'mods.xml', { type: 'application/xml' })
    const path = `object/${pid}/datastream/MODS`
    const made = await add(pid, { dsid: 'MODS', controlGroup: 'X', checksumType: 'SHA-1', file: xml('<a/>') })
    expect(made.json).toMatchObject({
      controlGroup: 'X',
      checksum: createHash('sha1').update('<a/>').digest('hex'),
    })
    for (const wrong of ['<a>', 'text', '', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', '<a>\u0000</a>']) {
      expect((await admin.form('PUT', path, { file: xml(wrong) })).status).toBe(400)
      expect((await add(pid, { dsid: 'DATA', controlGroup: 'X', file: xml(wrong) })).status).toBe(400)
    }
    expect((await admin.form('PUT', path, { file: xml('<b/>') })).status).toBe(200)
    expect((await anonymous.send('GET', path)).text).toBe('<b/>')
    expect((await admin.send('GET', `object/${pid}/datastream/DATA`)).status).toBe(404)
  })
})
