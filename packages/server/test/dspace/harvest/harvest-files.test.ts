import { SYSTEM_ACTOR, type HarvestRow } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { dcRecord, startOaiProvider, type OaiProvider } from './oai-provider.ts'

/** Files of harvested records, by OAI-ORE. */

let provider: OaiProvider
let server: TestServer
let collection: string

beforeAll(async () => {
  provider = await startOaiProvider()
  server = await startTestServer({ HEXAPLA_HARVEST_HOSTS: provider.host, HEXAPLA_MAX_UPLOAD_BYTES: '1000' })
})
afterAll(async () => {
  await server.stop()
  await provider.stop()
})
beforeEach(async () => {
  collection = (await buildersFor(server.repository).collection()).id
  provider.records.clear()
  provider.files.clear()
})

const addressOf = (name: string) => provider.url.replace('/oai', `/files/${name}`)

interface Linked {
  readonly href: string
  readonly title?: string
  readonly bundle?: string
}

const ore = (...links: readonly Linked[]) => `<atom:entry xmlns:atom="http://www.w3.org/2005/Atom">
  <atom:id>x</atom:id><atom:link rel="alternate" href="http://somewhere.example/1"/>
  ${links
    .map(
      ({ href, title = '' }) =>
        `<atom:link rel="http://www.openarchives.org/ore/terms/aggregates" href="${href}" title="${title}" type="text/plain" length="5"/>`,
    )
    .join('\n')}
  <oreatom:triples xmlns:oreatom="http://www.openarchives.org/ore/atom/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:dcterms="http://purl.org/dc/terms/">${links
      .filter(({ bundle }) => bundle !== undefined)
      .map(
        ({ href, bundle }) => `<rdf:Description rdf:about="${href}">
        <rdf:type rdf:resource="http://www.dspace.org/objectModel/DSpaceBitstream"/>
        <dcterms:description>${bundle}</dcterms:description></rdf:Description>`,
      )
      .join('')}</oreatom:triples>
</atom:entry>`

const put = (id: string, map: string, datestamp = '2026-11-20T00:00:00Z') => {
  const record = dcRecord(id, `Title of ${id}`)
  provider.records.set(id, { ...record, datestamp, metadata: { ...record.metadata, ore: map } })
}
const set = (type: string) =>
  server.session().put(`/api/core/collections/${collection}/harvester`, {
    json: {
      harvest_type: type,
      oai_source: provider.url,
      oai_set_id: null,
      metadata_config_id: 'dc',
    },
  })
const harvest = async (): Promise<HarvestRow[]> => {
  const rows: HarvestRow[] = []
  const run = server.repository.useCases.harvests.run(SYSTEM_ACTOR, { collectionId: collection, full: true })
  for await (const progress of run) rows.push(...progress.rows)
  return rows
}

interface BundleDocument {
  readonly name: string
  readonly uuid: string
}

const filesOf = async (row: HarvestRow | undefined): Promise<Record<string, Record<string, string>>> => {
  if (row === undefined || !('itemId' in row)) throw new Error('There is no item')
  const session = server.session()
  const found: Record<string, Record<string, string>> = {}
  for await (const { name, uuid } of session.items<BundleDocument>(`/api/core/items/${row.itemId}/bundles`)) {
    const files: Record<string, string> = {}
    for await (const file of session.items<BundleDocument>(`/api/core/bundles/${uuid}/bitstreams`)) {
      files[file.name] = await (await session.get(`/api/core/bitstreams/${file.uuid}/content`)).text()
    }
    found[name] = files
  }
  return found
}

test('files come with their bundles, names and contents, and the map beside them', async () => {
  provider.files.set('a.txt', 'first').set('l.txt', 'terms')
  put(
    'oai:x:1',
    ore(
      { href: addressOf('a.txt'), title: 'A file', bundle: 'ORIGINAL' },
      { href: addressOf('l.txt'), bundle: 'LICENSE' },
    ),
  )
  await set('METADATA_AND_BITSTREAMS')
  const rows = await harvest()
  const { ORE: maps, ...files } = await filesOf(rows[0])
  expect(files).toEqual({ ORIGINAL: { 'A file': 'first' }, LICENSE: { 'l.txt': 'terms' } })
  expect(Object.keys(maps ?? {})).toEqual(['ORE.xml'])
  expect(maps?.['ORE.xml']).toMatch(/^<\?xml .*\n<atom:entry /)
})

test('references alone bring the map, as a document of its own, and nothing else', async () => {
  const bare = ore({ href: addressOf('a.txt') }).replace(' xmlns:atom="http://www.w3.org/2005/Atom"', '')
  put('oai:x:1', `<wrap xmlns:atom="http://www.w3.org/2005/Atom">${bare}</wrap>`)
  put('oai:x:2', ore({ href: addressOf('a.txt') }))
  await set('METADATA_AND_REF')
  const rows = await harvest()
  expect(rows.find(({ oaiId }) => oaiId === 'oai:x:1')).toMatchObject({ status: 'faulty' })
  expect(await filesOf(rows.find(({ oaiId }) => oaiId === 'oai:x:2'))).toEqual({
    ORE: { 'ORE.xml': expect.stringContaining(addressOf('a.txt')) as string },
  })
})

test('a record that has changed has its files now, and no others', async () => {
  provider.files.set('a.txt', 'first').set('b.txt', 'second')
  put('oai:x:1', ore({ href: addressOf('a.txt') }))
  await set('METADATA_AND_BITSTREAMS')
  await harvest()
  provider.files.set('a.txt', 'changed')
  expect(await harvest()).toMatchObject([{ status: 'unchanged' }])
  put('oai:x:1', ore({ href: addressOf('b.txt') }, { href: addressOf('a.txt') }), '2026-11-21T00:00:00Z')
  const rows = await harvest()
  expect(rows).toMatchObject([{ status: 'updated' }])
  expect(await filesOf(rows[0])).toMatchObject({ ORIGINAL: { 'b.txt': 'second', 'a.txt': 'changed' } })
})

test.each([
  ['a file that is not there', () => addressOf('nothing.txt')],
  ['a file of a host that nobody allowed', () => 'http://127.0.0.1:1/a.txt'],
  ['a file of this machine', () => 'file:///etc/passwd'],
  ['a redirect to elsewhere', () => addressOf('away.txt')],
  ['a file that is too large', () => addressOf('large.txt')],
  ['no address', () => 'a.txt'],
])('%s leaves its record out, and spoils no other one', async (_name, href) => {
  provider.files
    .set('a.txt', 'first')
    .set('away.txt', 'redirect:http://127.0.0.1:1/a.txt')
    .set('large.txt', 'x'.repeat(2000))
  put('oai:x:1', ore({ href: href() }))
  put('oai:x:2', ore({ href: addressOf('a.txt') }))
  await set('METADATA_AND_BITSTREAMS')
  const rows = await harvest()
  expect(Object.fromEntries(rows.map(({ status, oaiId }) => [oaiId, status]))).toEqual({
    'oai:x:1': 'faulty',
    'oai:x:2': 'created',
  })
})

test('the same content in several records is kept once, and lost with none of them', async () => {
  provider.files.set('a.txt', 'first')
  for (const id of ['oai:x:1', 'oai:x:2']) put(id, ore({ href: addressOf('a.txt') }))
  await set('METADATA_AND_BITSTREAMS')
  await harvest()
  provider.files.set('a.txt', 'second')
  for (const id of ['oai:x:1', 'oai:x:2', 'oai:x:3'])
    put(id, ore({ href: addressOf('a.txt') }), '2026-11-21T00:00:00Z')
  const rows = await harvest()
  expect(rows.map(({ status }) => status).toSorted()).toEqual(['created', 'updated', 'updated'])
  for (const row of rows) expect(await filesOf(row)).toMatchObject({ ORIGINAL: { 'a.txt': 'second' } })
})
