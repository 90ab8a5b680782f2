import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ADMINISTRATOR, buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Download, IslandoraSession, type UploadProgress } from '../../src/index.ts'
import { downloadToFile } from '../../src/node.ts'
import { collect } from '../rest/json-server.ts'

const { email: user, password } = ADMINISTRATOR
const content = randomBytes(1_000_003)

let server: TestServer
let session: IslandoraSession
beforeAll(async () => {
  server = await startTestServer()
  session = new IslandoraSession(server.url, { user, password })
})
afterAll(() => server.stop())

async function tokenOf(name: string): Promise<string> {
  const response = await server.session().post('/api/authn/tokens', { json: { name, scope: 'admin' } })
  return ((await response.json()) as { token: string }).token
}
const bytesOf = ({ stream }: Download) => new Response(stream).bytes()
const status = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error as { status?: number }).status,
  )

describe('objects', () => {
  test('are created, read, changed and deleted', async () => {
    const made = await session.objects.create({ namespace: 'letters', label: 'To Ada & Co + others' })
    expect(made).toMatchObject({ pid: 'letters:1', label: 'To Ada & Co + others', owner: user, state: 'A' })
    expect(await session.objects.read(made.pid)).toEqual(made)
    const changed = await session.objects.change(made.pid, { label: 'To Ada', state: 'I' })
    expect(changed).toMatchObject({ pid: made.pid, label: 'To Ada', state: 'I', owner: user })
    await session.objects.delete(made.pid)
    expect(await status(session.objects.read(made.pid))).toBe(404)
  })

  test('with their own pid, or with nothing said', async () => {
    expect(await session.objects.create({ pid: 'own:a-b_c.1' })).toMatchObject({ pid: 'own:a-b_c.1' })
    expect((await session.objects.create()).pid).toMatch(/^\w+:\d+$/)
  })

  test('failures are errors with the message of the server', async () => {
    await session.objects.create({ pid: 'twice:1' })
    await expect(session.objects.create({ pid: 'twice:1' })).rejects.toMatchObject({
      code: 'http_error',
      status: 409,
      body: { message: expect.any(String) },
    })
  })
})

describe.each([false, true])('with tunnel: %s', (tunnel) => {
  let pid: string
  let ours: IslandoraSession
  beforeAll(async () => {
    ours = new IslandoraSession(server.url, { user, password, tunnel })
    pid = (await ours.objects.create({ namespace: 'streams' })).pid
  })

  test('content goes both ways with progress, ranges and properties', async () => {
    const sent: UploadProgress[] = []
    const made = await ours.datastreams.add(pid, 'OBJ', {
      file: new Blob([content]),
      name: 'scan +1.tif',
      label: 'Scan',
      mimeType: 'image/tiff',
      checksumType: 'SHA-256',
      versionable: true,
      onProgress: (step) => sent.push(step),
    })
    expect(made).toMatchObject({
      dsid: 'OBJ',
      label: 'Scan',
      size: content.length,
      mimeType: 'image/tiff',
      checksum: createHash('sha256').update(content).digest('hex'),
      versions: [],
    })
    expect(sent.at(-1)).toEqual({ sentBytes: content.length, totalBytes: content.length })
    expect(await ours.datastreams.read(pid, 'OBJ')).toEqual(made)

    const received: number[] = []
    const whole = await ours.datastreams.open(pid, 'OBJ', {
      onProgress: ({ receivedBytes }) => received.push(receivedBytes),
    })
    expect(whole).toMatchObject({ status: 200, type: 'image/tiff', totalBytes: content.length })
    expect(Buffer.compare(await bytesOf(whole), content)).toBe(0)
    expect(received.at(-1)).toBe(content.length)
    const part = await ours.datastreams.open(pid, 'OBJ', { range: { start: 10, end: 19 } })
    expect(part).toMatchObject({ status: 206, start: 10, totalBytes: content.length })
    expect(Buffer.compare(await bytesOf(part), content.subarray(10, 20))).toBe(0)
    const copy = join(server.dataDirectory, 'copy.tif')
    await downloadToFile(ours, ours.datastreams.path(pid, 'OBJ'), copy)
    expect(Buffer.compare(await readFile(copy), content)).toBe(0)
  })

  test('properties and contents change, versions are listed, opened and deleted one by one', async () => {
    await ours.datastreams.add(pid, 'NOTE', { file: new Blob(['one']), name: 'note.txt' })
    const named = await ours.datastreams.change(pid, 'NOTE', { label: 'Note', versionable: true })
    expect(named).toMatchObject({ label: 'Note', mimeType: 'text/plain', versionable: true })
    for (const text of ['two', 'three']) {
      await ours.datastreams.change(pid, 'NOTE', { file: new Blob([text]), mimeType: 'text/plain' })
    }
    const contents = async () => {
      const texts = []
      for await (const version of ours.datastreams.versions(pid, 'NOTE')) {
        texts.push(await new Response((await version.open()).stream).text())
      }
      return texts
    }
    expect(await contents()).toEqual(['two', 'one'])
    const [, oldest] = await collect(ours.datastreams.versions(pid, 'NOTE'))
    await ours.datastreams.deleteVersion(pid, 'NOTE', oldest?.created ?? '')
    expect(await contents()).toEqual(['two'])
    await ours.datastreams.delete(pid, 'NOTE')
    expect(await status(ours.datastreams.read(pid, 'NOTE'))).toBe(404)
  })

  test('addresses in place of files, and tokens for those without an account', async () => {
    const url = `${server.url}/islandora/rest/v1/`
    const made = await ours.datastreams.add(pid, 'LINK', { url, controlGroup: 'R', label: 'Elsewhere' })
    expect(made).toMatchObject({ dsid: 'LINK', controlGroup: 'R', label: 'Elsewhere' })
    const moved = `${url}?moved`
    await ours.datastreams.change(pid, 'LINK', { url: moved })
    const answer = await ours.request('GET', ours.datastreams.path(pid, 'LINK'), {
      redirect: 'manual',
      accept: (code) => code === 302,
    })
    expect(answer.headers.get('location')).toBe(moved)

    await ours.datastreams.add(pid, 'SECRET', { file: new Blob(['for few']), name: 'a.txt' })
    const token = await ours.datastreams.token(pid, 'SECRET', { uses: 1 })
    const visitor = new IslandoraSession(server.url, { anonymous: true })
    const read = async () =>
      new Response((await visitor.download(`${ours.datastreams.path(pid, 'SECRET')}?token=${token}`)).stream)
    expect(await (await read()).text()).toBe('for few')
    expect(await status(read())).toBe(401)
  })

  test('literals of every type', async () => {
    const uri = 'http://islandora.ca/ontology/relsext#'
    const literals = [
      ['none', 'seven'],
      ['string', 'seven'],
      ['int', '7'],
      ['date', '2026-03-01'],
    ] as const
    for (const [type, object] of literals) {
      const relationship = { uri, predicate: `is-${type}`, object }
      await ours.relationships.add(pid, { ...relationship, type })
      expect(await ours.relationships.list(pid, { ...relationship, literal: true })).toMatchObject([
        { object: { literal: true, value: object } },
      ])
      await ours.relationships.remove(pid, { ...relationship, literal: true })
      expect(await ours.relationships.list(pid, relationship)).toEqual([])
    }
  })

  test('relationships are listed, added and removed', async () => {
    const collection = await buildersFor(server.repository).collection()
    const model = { uri: 'info:fedora/fedora-system:def/model#', predicate: 'hasModel' }
    await ours.relationships.add(pid, { ...model, object: 'islandora:sp_pdf' })
    expect(await ours.objects.read(pid)).toMatchObject({ models: ['islandora:sp_pdf'] })
    const membership = {
      uri: 'info:fedora/fedora-system:def/relations-external#',
      predicate: 'isMemberOfCollection',
    }
    await ours.relationships.add(pid, { ...membership, object: collection.pid })
    expect(await ours.relationships.list(pid, membership)).toEqual([
      {
        predicate: { value: 'isMemberOfCollection', alias: 'fedora', namespace: membership.uri },
        object: { literal: false, value: collection.pid },
      },
    ])
    await ours.relationships.remove(pid, { ...membership, object: collection.pid })
    expect(await ours.relationships.list(pid, membership)).toEqual([])
  })
})

describe('searches', () => {
  const made: string[] = []
  beforeAll(async () => {
    for (const label of ['C+D/1', 'C+D/2', 'C+D/3']) {
      made.push((await session.objects.create({ namespace: 'sought', label })).pid)
    }
  })

  test('signs that mean something in paths reach the query', async () => {
    const { response } = await session.solr('fgs_label_s:"C+D/2"', { fl: ['PID', 'fgs_label_s'] })
    expect(response).toEqual({ numFound: 1, start: 0, docs: [{ PID: made[1], fgs_label_s: 'C+D/2' }] })
  })

  test('filters and parameters of Solr', async () => {
    const found = await session.solr('*:*', {
      fq: ['PID:sought\\:*', 'fgs_label_s:*1'],
      rows: 0,
      params: { facet: true, 'facet.field': 'fgs_state_s' },
    })
    expect(found.response).toMatchObject({ numFound: 1, docs: [] })
    expect(found).toHaveProperty(['facet_counts', 'facet_fields', 'fgs_state_s'])
  })

  test('the cursor goes over everything once, in the order asked for', async () => {
    const all = session.solrAll('PID:sought\\:*', { rows: 2, fl: 'PID', sort: 'fgs_label_s desc' })
    expect(await collect(all)).toEqual(made.toReversed().map((PID) => ({ PID })))
  })

  test('a query that is not understood is an error', async () => {
    expect(await status(session.solr('dc.title:"'))).toBe(400)
  })
})

describe('who asks', () => {
  test.each(['Authorization', 'X-Authorization-User'] as const)('a token in %s', async (tokenHeader) => {
    const token = await tokenOf(tokenHeader)
    const ours = new IslandoraSession(server.url, { user, token, tokenHeader })
    expect(await ours.objects.create()).toMatchObject({ owner: user })
    const wrong = new IslandoraSession(server.url, { user, token: 'hxp_nothing', tokenHeader })
    expect(await status(wrong.objects.create())).toBe(401)
  })

  test('a visitor reads, and is refused to write', async () => {
    const { pid } = await session.objects.create()
    const visitor = new IslandoraSession(server.url, { anonymous: true })
    expect(await visitor.objects.read(pid)).toMatchObject({ pid })
    expect(await status(visitor.objects.delete(pid))).toBe(401)
  })

  test('a wrong password is refused', async () => {
    const stranger = new IslandoraSession(server.url, { user, password: 'wrong' })
    await expect(stranger.objects.create()).rejects.toMatchObject({ code: 'login_refused', status: 401 })
  })

  test('a session is kept, goes on without the password, and ends', async () => {
    const ours = new IslandoraSession(server.url, { user, password })
    await ours.login()
    const state: unknown = JSON.parse(JSON.stringify(ours.state()))
    const later = new IslandoraSession(server.url, { state })
    expect(await later.objects.create()).toMatchObject({ owner: user })
    await later.logout()
    await expect(new IslandoraSession(server.url, { state }).objects.create()).rejects.toMatchObject({
      code: 'login_required',
    })
  })

  test('what the site is, and what the caller may do', async () => {
    const ours = new IslandoraSession(server.url, { user, password })
    expect(await ours.describe()).toMatchObject({
      name: expect.any(String),
      namespaces: { default: 'hexapla', restrictedTo: [] },
      user: { name: user, permissions: expect.arrayContaining(['ISLANDORA_REST_OBJECT_POST_PERM']) },
    })
    const visitor = new IslandoraSession(server.url, { anonymous: true })
    expect((await visitor.describe()).user.name).toBeNull()
  })

  test('a session that was ended elsewhere begins anew', async () => {
    const ours = new IslandoraSession(server.url, { user, password })
    await ours.objects.create()
    await server.session().logout()
    const dspace = server.session()
    await dspace.login()
    await dspace.logout()
    expect(await ours.objects.create()).toMatchObject({ owner: user })
  })
})
