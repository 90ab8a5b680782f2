import type { DSpaceSession } from '@hexapla/client'
import { metadataValue } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { administratorClient, type IslandoraClient } from './islandora-client.ts'

let server: TestServer
let islandora: IslandoraClient
let dspace: DSpaceSession
let build: ReturnType<typeof buildersFor>
beforeAll(async () => {
  server = await startTestServer()
  build = buildersFor(server.repository)
  islandora = await administratorClient(server)
  dspace = server.session()
})
afterAll(() => server.stop())

interface Values {
  readonly [field: string]: readonly { readonly value: string; readonly language: string | null }[]
}

const metadataAt = async (path: string): Promise<Record<string, string[]>> => {
  const { metadata } = await dspace.getJson<{ metadata: Values }>(path)
  return Object.fromEntries(
    Object.entries(metadata).map(([field, values]) => [field, values.map(({ value }) => value)]),
  )
}
const patch = (path: string, field: string, values: readonly string[]) =>
  dspace.patch(path, {
    json: [{ op: 'add', path: `/metadata/${field}`, value: values.map((value) => ({ value })) }],
  })
const readDc = async (pid: string) => (await islandora.send('GET', `object/${pid}/datastream/DC`)).text
/** What DC says in an element. */
const saidIn = async (pid: string, element: string) =>
  Array.from(
    (await readDc(pid)).matchAll(new RegExp(`<dc:${element}[^>]*>([^<]*)<`, 'g')),
    (match) => match[1],
  )
const putDc = (pid: string, content: string) =>
  islandora.send('PUT', `object/${pid}/datastream/DC`, {
    body: content,
    headers: { 'content-type': 'text/xml' },
  })
const dc = (elements: string) =>
  `<d:dc xmlns:d="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns="http://purl.org/dc/elements/1.1/">${elements}</d:dc>`

const records = async () => {
  const community = await build.community()
  const collection = await build.collection('A collection', community.id)
  const item = await build.item('An item', collection.id)
  return [
    { pid: item.pid, path: `/api/core/items/${item.id}` },
    { pid: collection.pid, path: `/api/core/collections/${collection.id}` },
    { pid: community.pid, path: `/api/core/communities/${community.id}` },
  ]
}

describe('DC is the metadata', () => {
  test('what DSpace writes is read in DC, of every kind of record', async () => {
    for (const { pid, path } of await records()) {
      await patch(path, 'dc.subject.lcsh', ['Maps', 'Coasts'])
      await patch(path, 'dc.title', ['A title'])
      expect(await saidIn(pid, 'subject')).toEqual(['Maps', 'Coasts'])
      expect(await saidIn(pid, 'title')).toEqual(['A title'])
    }
  })

  test('what is put as DC is read in DSpace, of every kind of record', async () => {
    for (const { pid, path } of await records()) {
      const content = '<title>Anew</title><creator>Ada</creator><date>1843</date><subject>Maps</subject>'
      expect((await putDc(pid, dc(content))).status).toBe(200)
      expect(await metadataAt(path)).toMatchObject({
        'dc.title': ['Anew'],
        'dc.contributor.author': ['Ada'],
        'dc.date.issued': ['1843'],
        'dc.subject': ['Maps'],
      })
    }
  })

  test('DC that goes round keeps what DSpace wrote, and what it changes meanwhile goes round again', async () => {
    const { id, pid } = await build.item('A title', undefined, {
      'dc.contributor.author': [metadataValue('Ada', 'en')],
      'dc.date.issued': [metadataValue('1843')],
      'dc.identifier.doi': [metadataValue('10.1/2')],
      'dc.rights.uri': [metadataValue('https://example.org/rights')],
    })
    const path = `/api/core/items/${id}`
    const before = await dspace.getJson<{ metadata: Values }>(path)
    await putDc(pid, await readDc(pid))
    expect((await dspace.getJson<{ metadata: Values }>(path)).metadata).toEqual(before.metadata)
    await patch(path, 'dc.date.issued', ['1844'])
    const content = await readDc(pid)
    expect(content).toContain('>1844<')
    await putDc(pid, content.replace('>Ada<', '>Ada Lovelace<').replace('A title', 'Notes'))
    expect(await metadataAt(path)).toMatchObject({
      'dc.contributor.author': ['Ada Lovelace'],
      'dc.date.issued': ['1844'],
      'dc.identifier.doi': ['10.1/2'],
      'dc.title': ['Notes'],
    })
  })

  test('what DSpace removes is gone from DC, and the other way round; names stay', async () => {
    const { id, pid, handle } = await build.item('A title', undefined, { 'dc.type': [metadataValue('Map')] })
    const path = `/api/core/items/${id}`
    await dspace.patch(path, { json: [{ op: 'remove', path: '/metadata/dc.type' }] })
    expect(await saidIn(pid, 'type')).toEqual([])
    await patch(path, 'dc.type', ['Map'])
    await putDc(pid, dc('<title>A title</title>'))
    const metadata = await metadataAt(path)
    expect(metadata).not.toHaveProperty(['dc.type'])
    expect(metadata['dc.identifier.uri']).toEqual([`https://hdl.handle.net/${handle}`])
    expect(metadata).toHaveProperty(['dc.date.accessioned'])
    expect(await saidIn(pid, 'identifier')).toEqual([pid, `https://hdl.handle.net/${handle}`])
  })

  test('a change counts in both: the tag that DSpace gives is another', async () => {
    const { id, pid } = await build.item()
    const tag = async () => (await dspace.get(`/api/core/items/${id}`)).headers.get('etag')
    const before = await tag()
    await putDc(pid, dc('<title>Another</title>'))
    expect(await tag()).not.toBe(before)
  })
})
