import { metadataValue, SYSTEM_ACTOR, type Metadata } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson } from '../dspace/raw-session.ts'
import {
  administratorClient,
  basic,
  islandoraClient,
  tokenOf,
  type IslandoraClient,
} from './islandora-client.ts'

const JANE = { email: 'jane@example.org', password: 'a long enough passphrase' }
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const MODEL = 'info:fedora/fedora-system:def/model#'
const RELATIONS = 'info:fedora/fedora-system:def/relations-external#'

let server: TestServer
let admin: IslandoraClient
let anonymous: IslandoraClient
let jane: IslandoraClient
let janeId: string
let build: ReturnType<typeof buildersFor>
beforeAll(async () => {
  server = await startTestServer()
  build = buildersFor(server.repository)
  admin = await administratorClient(server)
  anonymous = islandoraClient(server)
  janeId = await createPerson(server.session(), JANE)
  jane = islandoraClient(server, basic(JANE.email, await tokenOf(server, 'write', JANE)))
})
afterAll(() => server.stop())

const newObject = async (): Promise<string> =>
  ((await admin.form('POST', 'object', { label: 'An object' })).json as { pid: string }).pid
const contentOf = async (pid: string, dsid: string) =>
  (await admin.send('GET', `object/${pid}/datastream/${dsid}`)).text
const put = (pid: string, dsid: string, xml: string | Uint8Array, client = admin) =>
  client.send('PUT', `object/${pid}/datastream/${dsid}`, {
    body: typeof xml === 'string' ? xml : new Uint8Array(xml),
    headers: { 'content-type': 'text/xml' },
  })
const metadataOf = async (pid: string): Promise<Metadata> =>
  (await server.repository.useCases.objects.read(SYSTEM_ACTOR, pid)).record.metadata
const relationshipsOf = async (pid: string, client = admin) =>
  ((await client.send('GET', `object/${pid}/relationship`)).json as { object: { value: string } }[]).map(
    ({ object }) => object.value,
  )
const dc = (...elements: string[]) =>
  `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    ${elements.join('\n')}
  </oai_dc:dc>`
const rels = (pid: string, ...properties: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>
  <rdf:RDF xmlns:rdf="${RDF}" xmlns:fm="${MODEL}" xmlns:rel="${RELATIONS}" xmlns:ex="http://example.org/#">
    <rdf:Description rdf:about="info:fedora/${pid}">${properties.join('\n')}</rdf:Description>
  </rdf:RDF>`
const member = (pid: string) => `<rel:isMemberOfCollection rdf:resource="info:fedora/${pid}"/>`
const model = (pid: string) => `<fm:hasModel rdf:resource="info:fedora/${pid}"/>`

describe('DC', () => {
  test('what is put is the metadata, and is read again', async () => {
    const pid = await newObject()
    const answer = await put(
      pid,
      'DC',
      dc(
        '<dc:title>Über &lt;maps&gt; &amp; more</dc:title>',
        '<dc:creator>Ada</dc:creator><dc:creator xml:lang="en">Grace</dc:creator>',
        '<dc:subject> Maps </dc:subject><dc:subject/>',
      ),
    )
    expect(answer).toMatchObject({ status: 200, json: { dsid: 'DC', mimeType: 'text/xml' } })
    expect(await metadataOf(pid)).toMatchObject({
      'dc.title': [metadataValue('Über <maps> & more')],
      'dc.contributor.author': [metadataValue('Ada'), metadataValue('Grace', 'en')],
      'dc.subject': [metadataValue('Maps')],
    })
    expect((await admin.send('GET', `object/${pid}`)).json).toMatchObject({ label: 'Über <maps> & more' })
    expect(await contentOf(pid, 'DC')).toContain('<dc:creator>Grace</dc:creator>')
  })

  test('unchanged, it changes nothing: qualified fields, languages and authorities stay', async () => {
    const { pid } = await build.item('A title', undefined, {
      'dc.contributor.author': [{ value: 'Ada', language: 'en', authority: 'a1', confidence: 600 }],
      'dc.date.issued': [metadataValue('1843')],
      'dc.description.provenance': [metadataValue('secret')],
      'dc.subject': [metadataValue('maps')],
      'dc.subject.lcsh': [metadataValue('maps')],
      'dc.title.alternative': [metadataValue('Two\r\nlines\u0001')],
    })
    const before = await server.repository.useCases.objects.read(SYSTEM_ACTOR, pid)
    const content = await contentOf(pid, 'DC')
    await put(pid, 'DC', content)
    const after = await server.repository.useCases.objects.read(SYSTEM_ACTOR, pid)
    expect(after.record).toEqual(before.record)
    await put(pid, 'DC', content.replace('>1843<', '>1844<'))
    expect(await metadataOf(pid)).toEqual({
      ...before.record.metadata,
      'dc.date.issued': [metadataValue('1844')],
    })
  })

  test('as the file of a form, tunnelled, and of a collection', async () => {
    const { pid } = await build.collection()
    const path = `object/${pid}/datastream/DC`
    const file = (title: string) =>
      new File([dc(`<dc:title>${title}</dc:title>`)], 'DC.xml', { type: 'text/xml' })
    expect((await admin.form('PUT', path, { file: file('One') })).status).toBe(200)
    expect((await admin.send('GET', `object/${pid}`)).json).toMatchObject({ label: 'One' })
    expect((await admin.form('POST', path, { method: 'PUT', file: file('Two') })).status).toBe(200)
    expect((await admin.send('GET', `object/${pid}`)).json).toMatchObject({ label: 'Two' })
    expect((await admin.form('POST', path, { method: 'DELETE', file: file('Three') })).status).toBe(405)
    expect((await admin.form('POST', path, { file: file('Four'), method: 'DELETE' })).status).toBe(405)
    expect((await admin.send('GET', `object/${pid}`)).json).toMatchObject({ label: 'Two' })
  })

  test('400 for what is not oai_dc, or no content at all', async () => {
    const pid = await newObject()
    for (const xml of [
      '<dc/>',
      dc('<dc:author>A</dc:author>'),
      dc('<title>A</title>'),
      dc('<dc:title><b>A</b></dc:title>'),
      rels(pid),
    ]) {
      expect((await put(pid, 'DC', xml)).status).toBe(400)
    }
    expect((await admin.json('PUT', `object/${pid}/datastream/DC`, { label: 'L' })).status).toBe(400)
    expect((await admin.form('POST', `object/${pid}/datastream/DC`, { method: 'PUT' })).status).toBe(400)
    expect((await admin.send('GET', `object/${pid}`)).json).toMatchObject({ label: 'An object' })
  })

  test('401, 403, 404', async () => {
    const { pid } = await build.item()
    expect((await put(pid, 'DC', dc(), anonymous)).status).toBe(401)
    expect((await put(pid, 'DC', dc(), jane)).status).toBe(403)
    expect((await put('no:1', 'DC', dc())).status).toBe(404)
  })
})

describe('RELS-EXT', () => {
  test('what is put is the relationships, and is read again', async () => {
    const pid = await newObject()
    const collection = await build.collection()
    await admin.form('POST', `object/${pid}/relationship`, { predicate: 'isPartOf', object: 'gone:1' })
    const answer = await put(
      pid,
      'RELS-EXT',
      rels(
        pid,
        model('islandora:sp_pdf'),
        member(collection.pid),
        '<ex:about xml:lang="de">Karten &amp; mehr</ex:about>',
        '<ex:count rdf:datatype="http://www.w3.org/2001/XMLSchema#int">7</ex:count>',
        '<ex:see rdf:resource="https://example.org/"/>',
      ),
    )
    expect(answer).toMatchObject({ status: 200, json: { dsid: 'RELS-EXT' } })
    const { json } = await admin.send('GET', `object/${pid}/relationship`)
    expect(json).toMatchObject([
      { predicate: { value: 'hasModel' }, object: { literal: false, value: 'islandora:sp_pdf' } },
      { predicate: { value: 'isMemberOfCollection' }, object: { value: collection.pid } },
      { predicate: { value: 'about', namespace: 'http://example.org/#' }, object: { literal: true } },
      { predicate: { value: 'count' }, object: { literal: true, value: '7' } },
      { predicate: { value: 'see' }, object: { literal: false, value: 'https://example.org/' } },
    ])
    const content = await contentOf(pid, 'RELS-EXT')
    expect(content).toContain('xml:lang="de" xmlns:ns="http://example.org/#">Karten &amp; mehr<')
    expect(content).toContain('rdf:datatype="http://www.w3.org/2001/XMLSchema#int" xmlns:ns=')
    await put(pid, 'RELS-EXT', content)
    expect((await admin.send('GET', `object/${pid}/relationship`)).json).toEqual(json)
    expect(await contentOf(pid, 'RELS-EXT')).toBe(content)
  })

  test('unchanged, it changes nothing, whatever the types of literals', async () => {
    const pid = await newObject()
    for (const type of ['string', 'none']) {
      await admin.form('POST', `object/${pid}/relationship`, { predicate: `by${type}`, object: ' a ', type })
    }
    const before = await contentOf(pid, 'RELS-EXT')
    const { modified } = (await admin.send('GET', `object/${pid}`)).json as { modified: string }
    await put(pid, 'RELS-EXT', before)
    expect(await contentOf(pid, 'RELS-EXT')).toBe(before)
    expect((await admin.send('GET', `object/${pid}`)).json).toMatchObject({ modified })
  })

  test('the first collection owns the object, further ones show it', async () => {
    const pid = await newObject()
    const [one, two, three] = [await build.collection(), await build.collection(), await build.collection()]
    const place = async () => {
      const { record } = await server.repository.useCases.objects.read(SYSTEM_ACTOR, pid)
      return record.kind === 'item' ? record.owningCollectionId : undefined
    }
    await put(pid, 'RELS-EXT', rels(pid, member(one.pid), member(two.pid)))
    expect([await relationshipsOf(pid), await place()]).toEqual([[one.pid, two.pid], one.id])
    await put(pid, 'RELS-EXT', rels(pid, member(two.pid), member(one.pid)))
    expect([await relationshipsOf(pid), await place()]).toEqual([[two.pid, one.pid], two.id])
    await put(pid, 'RELS-EXT', rels(pid, member(three.pid)))
    expect([await relationshipsOf(pid), await place()]).toEqual([[three.pid], three.id])
    await put(pid, 'RELS-EXT', rels(pid))
    expect([await relationshipsOf(pid), await place()]).toEqual([[], null])
  })

  test('a collection that the writer does not see stays', async () => {
    const [hidden, open] = [await build.collection(), await build.collection()]
    const item = await build.item('An item', open.id)
    await server.session().post(`/api/core/items/${item.id}/mappedCollections`, {
      headers: { 'content-type': 'text/uri-list' },
      body: `${server.api}/core/collections/${hidden.id}`,
    })
    const session = server.session()
    for (const action of ['WRITE', 'READ']) {
      await session.post(`/api/authz/resourcepolicies?resource=${item.id}&eperson=${janeId}`, {
        json: { action },
      })
    }
    const policies = await session.getJson<{ _embedded: { resourcepolicies: { id: number }[] } }>(
      `/api/authz/resourcepolicies/search/resource?uuid=${hidden.id}&action=READ`,
    )
    for (const { id } of policies._embedded.resourcepolicies)
      await session.delete(`/api/authz/resourcepolicies/${id}`)
    expect(await relationshipsOf(item.pid, jane)).toEqual([open.pid])
    const written = rels(item.pid, member(open.pid), '<ex:see rdf:resource="a:b"/>')
    expect((await put(item.pid, 'RELS-EXT', written, jane)).status).toBe(200)
    expect(await relationshipsOf(item.pid)).toEqual([open.pid, hidden.pid, 'info:fedora/a:b'.slice(12)])
    // Taking the object out of a collection is not an editor's.
    expect((await put(item.pid, 'RELS-EXT', rels(item.pid), jane)).status).toBe(403)
    expect(await relationshipsOf(item.pid)).toHaveLength(3)
  })

  test('400, and nothing changes: other subjects, things without names, what cannot be said, what is no RDF', async () => {
    const pid = await newObject()
    await admin.form('POST', `object/${pid}/relationship`, { predicate: 'isPartOf', object: 'a:1' })
    const property = '<ex:see rdf:resource="http://example.org/"/>'
    for (const xml of [
      rels('other:1', property),
      rels(pid, property).replace(
        '</rdf:RDF>',
        `<rdf:Description rdf:about="a:b">${property}</rdf:Description></rdf:RDF>`,
      ),
      rels(pid, `<ex:see><rdf:Description>${property}</rdf:Description></ex:see>`),
      rels(pid, '<ex:see rdf:parseType="Resource"><ex:more>1</ex:more></ex:see>'),
      rels(pid, '<ex:see rdf:resource="relative"/>'),
      rels(pid, '<ex:n rdf:datatype="http://www.w3.org/2001/XMLSchema#int">many</ex:n>'),
      rels(pid, '<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">T</dc:title>'),
      rels(pid, '<fm:hasModel>islandora:sp_pdf</fm:hasModel>'),
      rels(pid, member('no:1')),
      rels(pid, member(pid)),
      `<rdf:RDF xmlns:rdf="${RDF}"><rdf:Description rdf:about="info:fedora/${pid}" rdf:bagID="x"/></rdf:RDF>`,
      dc(),
    ]) {
      expect(await put(pid, 'RELS-EXT', xml)).toMatchObject({
        status: 400,
        json: { message: expect.any(String) },
      })
    }
    expect(await relationshipsOf(pid)).toEqual(['a:1'])
  })

  test('401, 403, 404', async () => {
    const { pid } = await build.item()
    expect((await put(pid, 'RELS-EXT', rels(pid), anonymous)).status).toBe(401)
    expect((await put(pid, 'RELS-EXT', rels(pid), jane)).status).toBe(403)
    expect((await put('no:1', 'RELS-EXT', rels('no:1'))).status).toBe(404)
  })
})

describe('hostile content', () => {
  const nested = (depth: number) => '<dc:title>'.repeat(depth) + '</dc:title>'.repeat(depth)
  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from(
    { length: 9 },
    (_, index) => `<!ENTITY ${'abcdefghij'[index + 1]} "${`&${'abcdefghij'[index]};`.repeat(10)}">`,
  ).join('')}]>`

  test.each([
    ['a document type', `<!DOCTYPE x>${dc()}`],
    [
      'an external entity',
      `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${dc('<dc:title>&e;</dc:title>')}`,
    ],
    ['entities that grow', `${bomb}${dc('<dc:title>&j;</dc:title>')}`],
    ['an entity that nobody declared', dc('<dc:title>&nbsp;</dc:title>')],
    ['depth', dc(nested(20))],
    ['endless depth', dc(nested(40_000))],
    ['namespaces on every level', dc(nested(10_000).replaceAll('<dc:title>', '<dc:title xmlns:a="b">'))],
    ['size', dc(`<dc:title>${'x'.repeat(1024 * 1024)}</dc:title>`)],
    ['a character that XML does not know', dc('<dc:title>&#1;</dc:title>')],
    ['a null character', dc('<dc:title>\0</dc:title>')],
    ['another encoding', `<?xml version="1.0" encoding="ISO-8859-1"?>${dc()}`],
    ['bytes that are no text', Buffer.from([0x3c, 0xff, 0xfe])],
    ['nothing', ''],
    ['no XML', 'title: A'],
    ['what follows the end', `${dc()}<x/>`],
  ])('400: %s', async (_what, xml) => {
    const pid = await newObject()
    for (const dsid of ['DC', 'RELS-EXT']) {
      const began = performance.now()
      expect((await put(pid, dsid, xml)).status).toBe(400)
      expect(performance.now() - began).toBeLessThan(2000)
    }
    expect(await metadataOf(pid)).toMatchObject({ 'dc.title': [metadataValue('An object')] })
  })

  test('many small parts are read in good time', async () => {
    const pid = await newObject()
    const many = Array.from({ length: 3000 }, (_, index) => `<dc:subject>s${index % 500}</dc:subject>`)
    const began = performance.now()
    expect((await put(pid, 'DC', dc(...many))).status).toBe(200)
    expect((await put(pid, 'DC', dc(...many.toReversed()))).status).toBe(200)
    const links = Array.from({ length: 6000 }, (_, index) => `<ex:s rdf:resource="a:${index}"/>`)
    expect((await put(pid, 'RELS-EXT', rels(pid, ...links))).status).toBe(400)
    expect((await put(pid, 'RELS-EXT', rels(pid, ...links.slice(0, 3000)))).status).toBe(200)
    expect((await put(pid, 'RELS-EXT', rels(pid, ...links.slice(1000, 4000).toReversed()))).status).toBe(200)
    expect(performance.now() - began).toBeLessThan(20_000)
  })
})
