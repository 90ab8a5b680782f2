import { metadataValue } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { DOMParser } from '@xmldom/xmldom'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { administratorClient, islandoraClient, type IslandoraClient } from './islandora-client.ts'

let server: TestServer
let admin: IslandoraClient
let anonymous: IslandoraClient
let build: ReturnType<typeof buildersFor>
beforeAll(async () => {
  server = await startTestServer()
  build = buildersFor(server.repository)
  admin = await administratorClient(server)
  anonymous = islandoraClient(server)
})
afterAll(() => server.stop())

/** The elements below the root, as `name=text` and attributes, with the namespaces that they are in. */
function elementsOf(xml: string) {
  const parser = new DOMParser({
    onError(level, message) {
      if (level !== 'warning') throw new Error(message)
    },
  })
  const root = parser.parseFromString(xml, 'text/xml').documentElement
  return Array.from(root?.getElementsByTagName('*') ?? []).map((element) => ({
    namespace: element.namespaceURI,
    name: element.localName,
    text: element.textContent,
    about: element.getAttribute('rdf:about'),
    resource: element.getAttribute('rdf:resource'),
  }))
}
const contentOf = async (pid: string, dsid: string, client = anonymous) =>
  (await client.send('GET', `object/${pid}/datastream/${dsid}`)).text

describe('DC', () => {
  test('is the metadata as simple Dublin Core, without what tells of the archive', async () => {
    const item = await build.item('Title & <more>', undefined, {
      'dc.contributor.author': [metadataValue('Ada'), metadataValue('Grace')],
      'dc.date.issued': [metadataValue('1843')],
      'dc.description.provenance': [metadataValue('secret')],
      'dcterms.spatial': [metadataValue('London\u0001')],
    })
    const elements = elementsOf(await contentOf(item.pid, 'DC'))
    expect(new Set(elements.map(({ namespace }) => namespace))).toEqual(
      new Set(['http://purl.org/dc/elements/1.1/']),
    )
    expect(elements.map(({ name, text }) => `${name}=${text}`)).toEqual([
      'coverage=London\u{FFFD}',
      'creator=Ada',
      'creator=Grace',
      'date=1843',
      `identifier=${item.pid}`,
      `identifier=https://hdl.handle.net/${item.handle}`,
      'title=Title & <more>',
    ])
  })

  test('a label that is changed is its title in the next request', async () => {
    const { pid } = (await admin.form('POST', 'object', { label: 'One' })).json as { pid: string }
    await admin.json('PUT', `object/${pid}`, { label: 'Two' })
    const titles = elementsOf(await contentOf(pid, 'DC')).filter(({ name }) => name === 'title')
    expect(titles.map(({ text }) => text)).toEqual(['Two'])
  })
})

describe('RELS-EXT', () => {
  test('is the relationships as RDF', async () => {
    const collection = await build.collection()
    const { pid } = await build.item('An item', collection.id)
    await admin.form('POST', `object/${pid}/relationship`, {
      uri: 'info:fedora/fedora-system:def/model#',
      predicate: 'hasModel',
      object: 'islandora:sp_pdf',
    })
    const [description, ...properties] = elementsOf(await contentOf(pid, 'RELS-EXT'))
    expect(description).toMatchObject({ name: 'Description', about: `info:fedora/${pid}` })
    expect(properties).toMatchObject([
      {
        namespace: 'info:fedora/fedora-system:def/model#',
        name: 'hasModel',
        resource: 'info:fedora/islandora:sp_pdf',
      },
      {
        namespace: 'info:fedora/fedora-system:def/relations-external#',
        name: 'isMemberOfCollection',
        resource: `info:fedora/${collection.pid}`,
      },
    ])
  })

  test('does not name collections that the reader may not see', async () => {
    const collection = await build.collection()
    const { pid } = await build.item('An item', collection.id)
    const found = await server
      .session()
      .getJson<{ _embedded: { resourcepolicies: { id: number; action: string }[] } }>(
        `/api/authz/resourcepolicies/search/resource?uuid=${collection.id}&action=READ`,
      )
    for (const { id } of found._embedded.resourcepolicies) {
      await server.session().delete(`/api/authz/resourcepolicies/${id}`)
    }
    expect(await contentOf(pid, 'RELS-EXT')).not.toContain(collection.pid)
    expect((await anonymous.send('GET', `object/${pid}/relationship`)).json).toEqual([])
    expect(await contentOf(pid, 'RELS-EXT', admin)).toContain(collection.pid)
  })
})

describe('both', () => {
  test('are listed first among the datastreams, with properties like those of files', async () => {
    const item = await build.item()
    await build.file((await build.bundle(item.id)).id)
    const { datastreams } = (await anonymous.send('GET', `object/${item.pid}`)).json as {
      datastreams: { dsid: string }[]
    }
    expect(datastreams.map(({ dsid }) => dsid)).toEqual(['DC', 'RELS-EXT', 'OBJ'])
    for (const [index, dsid] of ['DC', 'RELS-EXT'].entries()) {
      const path = `object/${item.pid}/datastream/${dsid}`
      const { json } = await anonymous.send('GET', `${path}?content=false`)
      expect(json).toEqual(datastreams[index])
      const { headers, text } = await anonymous.send('GET', path)
      expect(json).toMatchObject({
        size: Buffer.byteLength(text),
        mimeType: headers.get('content-type'),
        controlGroup: 'X',
        state: 'A',
        versions: [],
      })
      expect(Object.keys(json as object)).toEqual(Object.keys(datastreams[2] ?? {}))
    }
  })

  test('ranges and 304', async () => {
    const path = `object/${(await build.item()).pid}/datastream/DC`
    const { headers, text } = await anonymous.send('GET', path, { headers: { range: 'bytes=1-6' } })
    expect(text).toBe('oai_dc')
    const etag = headers.get('etag') ?? ''
    expect((await anonymous.send('GET', path, { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  test('405 for deleting, 404 for a version that there is not, 401 for an object that may not be read', async () => {
    const { pid } = (await admin.form('POST', 'object', {})).json as { pid: string }
    const path = `object/${pid}/datastream/RELS-EXT`
    expect((await admin.send('DELETE', path)).status).toBe(405)
    expect((await admin.form('POST', path, { method: 'DELETE' })).status).toBe(405)
    expect((await admin.send('GET', `${path}?version=2001-01-01T00:00:00Z`)).status).toBe(404)
    await admin.json('PUT', `object/${pid}`, { state: 'D' })
    expect((await anonymous.send('GET', path)).status).toBe(401)
  })
})
