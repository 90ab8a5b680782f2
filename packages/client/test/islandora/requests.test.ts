import { describe, expect, test } from 'vitest'
import { IslandoraSession } from '../../src/index.ts'
import { collect } from '../rest/json-server.ts'
import { account, empty, json, startIslandora } from './islandora-server.ts'

type Site = Awaited<ReturnType<typeof startIslandora>>
const sessionWith = (site: Site, tunnel = false) =>
  new IslandoraSession(site.origin, { ...account, tunnel, retry: { baseMs: 1 } })
const lastOf = ({ seen }: Site) => {
  const last = seen.at(-1)
  if (last === undefined) throw new Error('no request came')
  const { method, target, body } = last
  return { method, target, body, type: last.headers['content-type'] }
}
const formOf = (site: Site) => Object.fromEntries(new URLSearchParams(lastOf(site).body))

describe('paths', () => {
  test.each([
    ['islandora:root', 'object/islandora:root'],
    ['a:b+c d', 'object/a:b%2Bc%20d'],
    ['a:b/c', 'object/a:b%2Fc'],
    ['a:%3A', 'object/a:%253A'],
  ])('pid %s', async (pid, target) => {
    await using site = await startIslandora({ routes: { [`GET ${target}`]: (res) => json(res, 200, {}) } })
    expect(await sessionWith(site).objects.read(pid)).toEqual({})
  })

  test.each(['', ' ', '.', '..'])('pid "%s" is refused before any request', async (pid) => {
    await using site = await startIslandora()
    const { objects } = sessionWith(site)
    await expect(objects.delete(pid)).rejects.toMatchObject({ code: 'arguments_invalid' })
    expect(site.seen).toHaveLength(0)
  })
})

test.each([
  ['a cookie', account],
  ['a token', { user: 'ada', token: 't', tokenHeader: 'X-Authorization-User' as const }],
])('%s does not follow a redirect to another host', async (_name, options) => {
  await using elsewhere = await startIslandora()
  await using site = await startIslandora({
    isOpen: true,
    routes: {
      'GET object/a:1/datastream/R': (res) =>
        res.writeHead(302, { location: `${elsewhere.origin}/islandora/rest/v1/file` }).end(),
    },
  })
  const { datastreams } = new IslandoraSession(site.origin, options)
  await expect(datastreams.open('a:1', 'R')).rejects.toMatchObject({ status: 401 })
  expect(lastOf(elsewhere).target).toBe('file')
  const { headers } = elsewhere.seen[0] ?? {}
  expect(Object.keys(headers ?? {})).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/cookie|authorization/)]),
  )
})

describe('errors of both forms', () => {
  test.each([
    ['an empty body', empty, undefined],
    [
      'a message',
      (res: Parameters<typeof json>[0], status: number) => json(res, status, { message: 'No way' }),
      { message: 'No way' },
    ],
  ])('%s', async (_name, answer, body) => {
    await using site = await startIslandora({ routes: { 'GET object/a:1': (res) => answer(res, 403) } })
    await expect(sessionWith(site).objects.read('a:1')).rejects.toMatchObject({
      name: 'HttpError',
      code: 'http_error',
      status: 403,
      body,
    })
  })

  test('a text', async () => {
    await using site = await startIslandora({
      routes: {
        'GET object/a:1': (res) => res.writeHead(500, { 'content-type': 'text/plain' }).end('No Fedora'),
      },
    })
    const session = new IslandoraSession(site.origin, { ...account, retry: { attempts: 1 } })
    await expect(session.objects.read('a:1')).rejects.toMatchObject({ status: 500, body: 'No Fedora' })
  })

  test('a page instead of a document', async () => {
    await using site = await startIslandora({
      routes: { 'GET object/a:1': (res) => res.end('<html>maintenance</html>') },
    })
    await expect(sessionWith(site).objects.read('a:1')).rejects.toMatchObject({ code: 'answer_invalid' })
  })

  test('no document at all', async () => {
    await using site = await startIslandora({ routes: { 'GET object/a:1': (res) => empty(res, 200) } })
    await expect(sessionWith(site).objects.read('a:1')).rejects.toMatchObject({ code: 'answer_invalid' })
  })
})

describe('changes', () => {
  test('PUT and DELETE with JSON', async () => {
    const ok = (res: Parameters<typeof json>[0]) => json(res, 200, {})
    await using site = await startIslandora({
      routes: {
        'PUT object/a:1': ok,
        'DELETE object/a:1': (res) => empty(res, 200),
        'DELETE object/a:1/relationship': (res) => empty(res, 200),
      },
    })
    const { objects, relationships } = sessionWith(site)
    await objects.change('a:1', { state: 'I' })
    expect(lastOf(site)).toMatchObject({ method: 'PUT', type: 'application/json', body: '{"state":"I"}' })
    await objects.delete('a:1')
    expect(lastOf(site)).toEqual({ method: 'DELETE', target: 'object/a:1', body: '', type: undefined })
    await relationships.remove('a:1', { uri: 'u#', predicate: 'p', object: 'text', literal: true })
    expect(JSON.parse(lastOf(site).body)).toEqual({
      uri: 'u#',
      predicate: 'p',
      object: 'text',
      literal: true,
    })
  })

  test('tunnelled they are forms, and are repeated like what they stand for', async () => {
    let calls = 0
    await using site = await startIslandora({
      routes: {
        'POST object/a:1': (res) => {
          calls += 1
          if (calls === 1) empty(res, 503)
          else json(res, 200, {})
        },
        'POST object/a:1/datastream/OBJ': (res) => json(res, 200, { dsid: 'OBJ' }),
        'POST object/a:1/relationship': (res) => empty(res, 200),
      },
    })
    const { objects, datastreams, relationships } = sessionWith(site, true)
    await objects.delete('a:1')
    expect(calls).toBe(2)
    expect(formOf(site)).toEqual({ method: 'DELETE' })
    await datastreams.change('a:1', 'OBJ', { label: 'A + B', versionable: false })
    expect(formOf(site)).toEqual({ method: 'PUT', label: 'A + B', versionable: '0' })
    await relationships.remove('a:1', { uri: 'u#', predicate: 'p' })
    expect(formOf(site)).toEqual({ method: 'DELETE', uri: 'u#', predicate: 'p' })
  })

  test('what is made is sent once', async () => {
    await using site = await startIslandora({ routes: { 'POST object': (res) => empty(res, 503) } })
    await expect(sessionWith(site).objects.create({ label: '' })).rejects.toMatchObject({ status: 503 })
    expect(site.seen).toHaveLength(1)
    expect(formOf(site)).toEqual({ label: '' })
  })

  test('literals', async () => {
    await using site = await startIslandora({
      routes: { 'POST object/a:1/relationship': (res) => empty(res, 201) },
    })
    const relationship = {
      uri: 'http://islandora.ca/ontology/relsext#',
      predicate: 'isPageNumber',
      object: '1',
    }
    await sessionWith(site).relationships.add('a:1', { ...relationship, type: 'none' })
    expect(formOf(site)).toEqual({ ...relationship, type: 'none', literal: '1' })
    await sessionWith(site).relationships.add('a:1', relationship)
    expect(formOf(site)).toEqual({ ...relationship, type: 'uri' })
    const datatype = 'http://www.w3.org/2001/XMLSchema#boolean'
    await sessionWith(site).relationships.add('a:1', { ...relationship, datatype })
    expect(formOf(site)).toEqual({ ...relationship, type: 'none', literal: '1', datatype })
  })

  test('addresses in place of files', async () => {
    const answer = (res: Parameters<typeof json>[0]) => json(res, 201, { dsid: 'OBJ' })
    await using site = await startIslandora({
      routes: { 'POST object/a:1/datastream': answer, 'PUT object/a:1/datastream/OBJ': answer },
    })
    const { datastreams } = sessionWith(site)
    const url = 'https://example.org/a+b?c=d&e'
    await datastreams.add('a:1', 'OBJ', { url, controlGroup: 'R', label: 'Elsewhere' })
    expect(formOf(site)).toEqual({ dsid: 'OBJ', controlGroup: 'R', label: 'Elsewhere', url })
    await datastreams.change('a:1', 'OBJ', { url })
    expect(JSON.parse(lastOf(site).body)).toEqual({ url })
  })

  test('a file that is taken without an answer is read up on', async () => {
    const document = { dsid: 'OBJ', size: 1, versions: [] }
    await using site = await startIslandora({
      routes: {
        'POST object/a:1/datastream': (res) => empty(res, 201),
        'GET object/a:1/datastream/OBJ': (res) => json(res, 200, document),
      },
    })
    const added = sessionWith(site).datastreams.add('a:1', 'OBJ', { file: new Blob(['x']) })
    expect(await added).toEqual(document)
    expect(lastOf(site).target).toBe('object/a:1/datastream/OBJ?content=false')
  })

  test('versions as the document has them, their size as text', async () => {
    const created = '2013-05-23T06:26:32.787Z'
    const version = { label: 'Old Label.', state: 'A', size: '1000', created }
    await using site = await startIslandora({
      routes: {
        'GET object/a:1/datastream/OBJ': (res, { target }) => {
          if (target.includes('version=')) res.end('former')
          else json(res, 200, { dsid: 'OBJ', versions: [version] })
        },
      },
    })
    const found = await collect(sessionWith(site).datastreams.versions('a:1', 'OBJ'))
    expect(found).toMatchObject([{ ...version, size: 1000 }])
    const opened = await found[0]?.open()
    expect(await new Response(opened?.stream).text()).toBe('former')
    expect(lastOf(site).target).toContain(`version=${encodeURIComponent(created)}`)
  })

  test('a server that deletes no versions keeps the datastream', async () => {
    await using site = await startIslandora({
      routes: {
        'GET object/a:1/datastream/OBJ': (res) =>
          json(res, 404, { message: 'Datastream version: none not found' }),
        'DELETE object/a:1/datastream/OBJ': (res) => empty(res, 200),
      },
    })
    const { datastreams } = sessionWith(site)
    const deleted = datastreams.deleteVersion('a:1', 'OBJ', '2013-06-23T07:28:32.787Z')
    await expect(deleted).rejects.toMatchObject({ code: 'operation_unsupported' })
    const undated = datastreams.deleteVersion('a:1', 'OBJ', '')
    await expect(undated).rejects.toMatchObject({ code: 'arguments_invalid' })
    expect(site.seen.map(({ method }) => method)).toEqual(['GET'])
  })
})

describe('what the site is', () => {
  test('as it tells', async () => {
    const document = { name: 'Here', namespaces: { default: 'islandora', restrictedTo: [] } }
    await using site = await startIslandora({ routes: { 'GET ': (res) => json(res, 200, document) } })
    expect(await sessionWith(site).describe()).toEqual(document)
  })

  test('an original Islandora does not know', async () => {
    await using site = await startIslandora()
    await expect(sessionWith(site).describe()).rejects.toMatchObject({ code: 'operation_unsupported' })
  })
})

describe('tokens of datastreams', () => {
  const site = (answer: unknown) =>
    startIslandora({ routes: { 'GET object/a:1/datastream/OBJ/token': (res) => json(res, 200, answer) } })

  test.each([
    ['a text', 'secret'],
    ['a document', { token: 'secret' }],
  ])('%s', async (_name, answer) => {
    await using open = await site(answer)
    const { datastreams } = sessionWith(open)
    expect(await datastreams.token('a:1', 'OBJ', { uses: 3 })).toBe('secret')
    expect(lastOf(open).target).toBe('object/a:1/datastream/OBJ/token?uses=3')
    await datastreams.token('a:1', 'OBJ')
    expect(lastOf(open).target).toBe('object/a:1/datastream/OBJ/token')
  })

  test.each([[{}], [[]], [''], [7], [{ token: 7 }]])('%j is none', async (answer) => {
    await using open = await site(answer)
    const token = sessionWith(open).datastreams.token('a:1', 'OBJ')
    await expect(token).rejects.toMatchObject({ code: 'answer_invalid' })
  })
})
