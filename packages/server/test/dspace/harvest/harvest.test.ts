import { openRepository, SYSTEM_ACTOR, type HarvestRow } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { parseConfig } from '../../../src/config/config.ts'
import { repositoryConfig } from '../../../src/start-server.ts'
import { dcRecord, oaiDc, startOaiProvider, type OaiProvider } from './oai-provider.ts'

/** What a harvest makes of a provider's records. */

let provider: OaiProvider
let server: TestServer
let collection: string

beforeAll(async () => {
  provider = await startOaiProvider()
  server = await startTestServer({ HEXAPLA_HARVEST_HOSTS: provider.host })
})
afterAll(async () => {
  await server.stop()
  await provider.stop()
})
beforeEach(async () => {
  collection = (await buildersFor(server.repository).collection()).id
  provider.records.clear()
  provider.asked.length = 0
  provider.faults.length = 0
  provider.forgets = false
  provider.pageSize = 100
  provider.granularity = 'YYYY-MM-DDThh:mm:ssZ'
  provider.responseDate = '2026-11-22T10:00:00Z'
})

const put = (...records: ReturnType<typeof dcRecord>[]) => {
  for (const record of records) provider.records.set(record.id, record)
}
const set = async (more: object = {}) => {
  const json = {
    harvest_type: 'METADATA_ONLY',
    oai_source: provider.url,
    oai_set_id: 'all',
    metadata_config_id: 'dc',
    ...more,
  }
  await server.session().put(`/api/core/collections/${collection}/harvester`, { json })
}
const harvest = async (input: { full?: boolean; signal?: AbortSignal } = {}): Promise<HarvestRow[]> => {
  const rows: HarvestRow[] = []
  const run = server.repository.useCases.harvests.run(SYSTEM_ACTOR, { collectionId: collection, ...input })
  for await (const progress of run) rows.push(...progress.rows)
  return rows
}
const state = () =>
  server.session().getJson<Record<string, unknown>>(`/api/core/collections/${collection}/harvester`)
const statuses = (rows: readonly HarvestRow[]) => rows.map(({ status }) => status)

interface ItemDocument {
  readonly uuid: string
  readonly name: string
  readonly metadata: Record<string, { value: string; language: string | null }[]>
}

const itemsHere = async (): Promise<ItemDocument[]> => {
  const found: ItemDocument[] = []
  const path = `/api/discover/search/objects?dsoType=item&scope=${collection}`
  for await (const item of server.session().items<ItemDocument>(path, { size: 100 })) found.push(item)
  return found
}
const values = (item: ItemDocument | undefined, field: string) =>
  (item?.metadata[field] ?? []).map(({ value }) => value)

test('records become items of the collection, that everybody may read', async () => {
  put(dcRecord('oai:x:1', 'One'), dcRecord('oai:x:2', 'Two'))
  await set()
  expect(statuses(await harvest())).toEqual(['created', 'created'])
  const items = await itemsHere()
  expect(items.map(({ name }) => name).toSorted()).toEqual(['One', 'Two'])
  const one = items.find(({ name }) => name === 'One')
  expect(values(one, 'dc.creator')).toEqual(['Ada'])
  expect(values(one, 'dc.description.provenance')[0]).toContain('oai:x:1')
  expect(values(one, 'dc.identifier.uri')).toHaveLength(1)
  const seen = await server.anonymous().get(`/api/core/items/${one?.uuid}`)
  expect(seen.status).toBe(200)
  expect(await state()).toMatchObject({
    harvest_status: 'READY',
    harvest_message: '2 created',
    last_harvested: expect.stringMatching(/^20\d\d-/) as string,
  })
})

test('records are known again: changed ones change their item, unchanged ones nothing', async () => {
  put(dcRecord('oai:x:1', 'One'), dcRecord('oai:x:2', 'Two'))
  await set()
  const created = await harvest()
  provider.responseDate = '2026-11-23T10:00:00Z'
  put(dcRecord('oai:x:1', 'One, revised', { datestamp: '2026-11-22T11:00:00Z' }))
  expect(statuses(await harvest())).toEqual(['updated'])
  expect(provider.asked.at(-1)).toMatchObject({ from: '2026-11-22T10:00:00Z' })
  const again = await harvest({ full: true })
  expect(statuses(again)).toEqual(['unchanged', 'unchanged'])
  expect(again.map((row) => 'itemId' in row && row.itemId)).toEqual(
    created.map((row) => 'itemId' in row && row.itemId),
  )
  const items = await itemsHere()
  const revised = items.find(({ name }) => name === 'One, revised')
  expect(items).toHaveLength(2)
  expect(values(revised, 'dc.date.accessioned')).toHaveLength(1)
  expect(values(revised, 'dc.identifier.uri')).toHaveLength(1)
})

test('deleted records take their items away; those never had are nothing', async () => {
  put(dcRecord('oai:x:1', 'One'), dcRecord('oai:x:2', 'Two'))
  await set()
  await harvest()
  const later = { deleted: true, datestamp: '2026-11-22T12:00:00Z' }
  put(dcRecord('oai:x:1', '', later), dcRecord('oai:x:3', '', later))
  const rows = await harvest()
  expect(rows).toMatchObject([
    { status: 'deleted', oaiId: 'oai:x:3', itemId: null },
    { status: 'deleted', oaiId: 'oai:x:1' },
  ])
  expect((await itemsHere()).map(({ name }) => name)).toEqual(['Two'])
})

test('only the set asked for comes, page after page', async () => {
  provider.pageSize = 3
  for (let count = 0; count < 8; count += 1) put(dcRecord(`oai:x:${count}`, `Paper ${count}`))
  put(dcRecord('oai:y:1', 'A thesis', { sets: ['theses'] }))
  await set({ oai_set_id: 'papers' })
  expect(await harvest()).toHaveLength(8)
  const lists = provider.asked.filter(({ verb }) => verb === 'ListRecords')
  expect(lists[0]).toMatchObject({ set: 'papers', metadataPrefix: 'oai_dc' })
  expect(lists).toHaveLength(3)
  expect(Object.keys(lists[1] ?? {}).toSorted()).toEqual(['resumptionToken', 'verb'])
})

test('nothing new is no failure', async () => {
  put(dcRecord('oai:x:1', 'One'))
  await set()
  await harvest()
  expect(await harvest()).toEqual([])
  expect(await state()).toMatchObject({ harvest_status: 'READY', harvest_message: 'There were no updates' })
})

test('providers that count days are asked by days', async () => {
  provider.granularity = 'YYYY-MM-DD'
  put(dcRecord('oai:x:1', 'One', { datestamp: '2026-11-22' }))
  await set()
  await harvest()
  expect(statuses(await harvest())).toEqual(['unchanged'])
  expect(provider.asked.at(-1)).toMatchObject({ from: '2026-11-22' })
})

test('a busy provider is asked again when it says', async () => {
  put(dcRecord('oai:x:1', 'One'))
  await set()
  provider.faults.push({ status: 503, headers: { 'Retry-After': '0' } })
  expect(await harvest()).toHaveLength(1)
})

test.each([
  [
    'an error of the protocol',
    {
      body: '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><error code="badArgument">no</error></OAI-PMH>',
    },
  ],
  ['broken XML', { body: '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">' }],
  ['a document type', { body: '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>' }],
  ['another status', { status: 404 }],
])('%s ends the harvest with OAI_ERROR and what it was', async (_name, fault) => {
  await set()
  provider.faults.push(fault)
  await expect(harvest()).rejects.toMatchObject({ name: 'OutsideError' })
  const { harvest_status: status, harvest_message: message, last_harvested: last } = await state()
  expect([status, last]).toEqual(['OAI_ERROR', null])
  expect(message).toEqual(expect.any(String))
})

test('a list that never ends is ended', async () => {
  await set()
  const record = `<record><header><identifier>oai:x:1</identifier><datestamp>2026-11-20</datestamp></header>
    <metadata>${oaiDc('<dc:title>Again</dc:title>')}</metadata></record>`
  const list = `<ListRecords>${record}<resumptionToken>same</resumptionToken></ListRecords>`
  const body = `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">${list}</OAI-PMH>`
  provider.faults.push({ verb: 'ListRecords', body }, { verb: 'ListRecords', body })
  await expect(harvest()).rejects.toMatchObject({ code: 'OUTSIDE_INVALID' })
  expect(await state()).toMatchObject({ harvest_status: 'OAI_ERROR' })
  expect(await itemsHere()).toHaveLength(1)
})

test('a provider that stays busy, or has the format no more, ends the harvest', async () => {
  await set()
  const busy = { verb: 'ListRecords', status: 503, headers: { 'Retry-After': '0' } }
  provider.faults.push(...Array.from({ length: 7 }, () => busy))
  await expect(harvest()).rejects.toMatchObject({ code: 'OUTSIDE_UNREACHABLE' })
  const none = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListMetadataFormats/></OAI-PMH>'
  provider.faults.push({ verb: 'ListMetadataFormats', body: none })
  await expect(harvest()).rejects.toMatchObject({ code: 'OAI_ERROR' })
})

test('a harvest that was ended in the middle goes on where it was', async () => {
  provider.pageSize = 2
  for (let count = 0; count < 6; count += 1) put(dcRecord(`oai:x:${count}`, `Paper ${count}`))
  await set()
  const controller = new AbortController()
  const run = server.repository.useCases.harvests.run(SYSTEM_ACTOR, {
    collectionId: collection,
    signal: controller.signal,
  })
  await run.next()
  controller.abort(new Error('enough'))
  await expect(run.next()).rejects.toThrow('enough')
  expect(await state()).toMatchObject({ harvest_status: 'READY', last_harvested: null })
  provider.asked.length = 0
  expect(statuses(await harvest())).toEqual(['created', 'created', 'created', 'created'])
  expect(provider.asked.filter(({ verb }) => verb === 'ListRecords')[0]).toHaveProperty('resumptionToken')
  expect(await itemsHere()).toHaveLength(6)
})

test('a token that the provider has forgotten begins anew, and nothing comes twice', async () => {
  provider.pageSize = 2
  for (let count = 0; count < 4; count += 1) put(dcRecord(`oai:x:${count}`, `Paper ${count}`))
  await set()
  const run = server.repository.useCases.harvests.run(SYSTEM_ACTOR, { collectionId: collection })
  await run.next()
  await run.return()
  provider.forgets = true
  expect(statuses(await harvest())).toEqual(['unchanged', 'unchanged', 'created', 'created'])
  expect(await itemsHere()).toHaveLength(4)
})

test('one harvest of a collection at a time', async () => {
  put(dcRecord('oai:x:1', 'One'))
  await set()
  const run = server.repository.useCases.harvests.run(SYSTEM_ACTOR, { collectionId: collection })
  await run.next()
  await expect(harvest()).rejects.toMatchObject({ code: 'CONFLICT' })
  await run.return()
  expect(statuses(await harvest())).toEqual(['unchanged'])
})

test('other settings end a harvest under way, which then begins anew', async () => {
  provider.pageSize = 1
  put(dcRecord('oai:x:1', 'One'), dcRecord('oai:x:2', 'Two'))
  await set()
  const run = server.repository.useCases.harvests.run(SYSTEM_ACTOR, { collectionId: collection })
  await run.next()
  await set({ oai_set_id: 'papers' })
  await expect(run.next()).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(await state()).toMatchObject({
    oai_set_id: 'papers',
    harvest_status: 'READY',
    harvest_message: null,
  })
  expect(statuses(await harvest())).toEqual(['unchanged', 'created'])
})

test('a faulty record is left out, named, and asked for again', async () => {
  const faulty = dcRecord('oai:x:2', '', { metadata: { oai_dc: oaiDc('<dc:nonsense>1</dc:nonsense>') } })
  put(dcRecord('oai:x:1', 'One'), faulty, dcRecord('oai:x:3', '', { metadata: {} }))
  await set()
  const rows = await harvest()
  expect(statuses(rows).toSorted()).toEqual(['created', 'faulty', 'faulty'])
  expect(rows.find(({ oaiId }) => oaiId === 'oai:x:2')).toMatchObject({
    message: expect.stringContaining('dc.nonsense') as string,
  })
  expect(await state()).toMatchObject({ harvest_status: 'READY', harvest_message: '2 faulty, 1 created' })
  put(dcRecord('oai:x:2', 'Two'), dcRecord('oai:x:3', 'Three'))
  expect(statuses(await harvest()).toSorted()).toEqual(['created', 'created', 'unchanged'])
})

test('an item that was deleted here comes back with its record', async () => {
  put(dcRecord('oai:x:1', 'One'))
  await set()
  await harvest()
  const [item] = await itemsHere()
  await server.session().delete(`/api/core/items/${item?.uuid}`)
  expect(statuses(await harvest({ full: true }))).toEqual(['created'])
})

test('a collection that is deleted takes its harvest and its items along', async () => {
  put(dcRecord('oai:x:1', 'One'))
  await set()
  await harvest()
  const { status } = await server.session().delete(`/api/core/collections/${collection}`)
  expect(status).toBe(204)
  const left = await server.repository.useCases.harvests.list(SYSTEM_ACTOR)
  expect(left.map(({ collectionId }) => collectionId)).not.toContain(collection)
  await expect(harvest()).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('qualified Dublin Core, with languages and encoding schemes', async () => {
  const elements = `<dc:title xml:lang="de">Titel</dc:title><dcterms:abstract>About</dcterms:abstract>
    <dcterms:issued>2020</dcterms:issued><dc:identifier xsi:type="dcterms:URI">http://a.example</dc:identifier>
    <dc:subject xsi:type="dcterms:LCSH">Maps</dc:subject><dcterms:audience>All</dcterms:audience>
    <other:x xmlns:other="http://other.example">no</other:x><dc:type> </dc:type>`
  const qdc = `<qdc:qualifieddc xmlns:qdc="http://dspace.org/qualifieddc/" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${elements}</qdc:qualifieddc>`
  put(dcRecord('oai:x:1', '', { metadata: { qdc } }))
  await set({ metadata_config_id: 'qdc' })
  await harvest()
  const [item] = await itemsHere()
  expect(item?.metadata['dc.title']).toMatchObject([{ value: 'Titel', language: 'de' }])
  expect(values(item, 'dc.description.abstract')).toEqual(['About'])
  expect(values(item, 'dc.date.issued')).toEqual(['2020'])
  expect(values(item, 'dc.identifier.uri')[0]).toBe('http://a.example')
  expect(values(item, 'dc.subject.lcsh')).toEqual(['Maps'])
  expect(values(item, 'dcterms.audience')).toEqual(['All'])
  expect(item?.metadata).not.toHaveProperty('dc.type')
})

test('DSpace Intermediate Metadata, but for what is its repository’s own', async () => {
  const field = (name: string, text: string, more = '') => {
    const [mdschema, element, qualifier] = name.split('.')
    const qualified = qualifier === undefined ? '' : ` qualifier="${qualifier}"`
    return `<dim:field mdschema="${mdschema}" element="${element}"${qualified}${more}>${text}</dim:field>`
  }
  const xdim = `<dim:dim xmlns:dim="http://www.dspace.org/xmlns/dspace/dim">${[
    field('dc.title', 'A &amp; B', ' lang="en"'),
    field('dc.contributor.author', 'Lovelace, Ada'),
    field('person.familyName', 'Lovelace'),
    field('dc.description.provenance', 'Submitted by somebody@example.org'),
    field('dc.date.accessioned', '1999-01-01T00:00:00Z'),
  ].join('')}</dim:dim>`
  put(dcRecord('oai:x:1', '', { metadata: { xdim } }))
  await set({ metadata_config_id: 'dim' })
  await harvest()
  const [item] = await itemsHere()
  expect(item?.metadata['dc.title']).toMatchObject([{ value: 'A & B', language: 'en' }])
  expect(values(item, 'dc.contributor.author')).toEqual(['Lovelace, Ada'])
  expect(values(item, 'person.familyName')).toEqual(['Lovelace'])
  expect(values(item, 'dc.description.provenance').join()).not.toContain('somebody')
  expect(values(item, 'dc.date.accessioned').join()).not.toContain('1999')
})

test('many records cost as many statements as few', async () => {
  const cost = async (from: number, to: number) => {
    provider.records.clear()
    for (let count = from; count < to; count += 1) put(dcRecord(`oai:x:${count}`, `Paper ${count}`))
    const sent = await server.statements(() => harvest({ full: true }))
    // Background work is about other tables.
    return sent.filter((sql) => /\b(?:record|resource_policy|harvest\w*)\b/.test(sql)).length
  }
  await set()
  await cost(0, 1)
  const few = await cost(1, 6)
  expect(await cost(6, 56)).toBe(few)
})

test('harvests begin by themselves where that is set', async () => {
  put(dcRecord('oai:x:1', 'One'))
  await set()
  const config = repositoryConfig(parseConfig(server.environment))
  const every = { ...config, outside: { ...config.outside, harvestEvery: 20 } }
  const repository = await openRepository(every)
  try {
    await expect.poll(itemsHere).toHaveLength(1)
  } finally {
    await repository.close()
  }
  expect(await state()).toMatchObject({ harvest_status: 'READY' })
})
