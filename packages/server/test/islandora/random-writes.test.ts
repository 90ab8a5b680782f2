import type { DSpaceSession } from '@hexapla/client'
import { SYSTEM_ACTOR, type Collection } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chance, type Chance } from '../../../repository/test/_support/random.ts'
import { administratorClient, type IslandoraClient } from './islandora-client.ts'

const SEEDS = Array.from({ length: 6 }, (_, index) => index + 1)
const STEPS = 20
const MEMBER = {
  uri: 'info:fedora/fedora-system:def/relations-external#',
  predicate: 'isMemberOfCollection',
}

let server: TestServer
let islandora: IslandoraClient
let dspace: DSpaceSession
let collections: readonly Collection[]
beforeAll(async () => {
  server = await startTestServer()
  islandora = await administratorClient(server)
  dspace = server.session()
  const build = buildersFor(server.repository)
  collections = await Promise.all([build.collection(), build.collection(), build.collection()])
})
afterAll(() => server.stop())

/** One record by both its addresses. */
interface Both {
  readonly pid: string
  readonly path: string
}

/** What both dialects say of a record, in the same words. */
interface View {
  readonly title: string
  readonly state: string
  /** Their pids. */
  readonly collections: readonly string[]
  /** Label and bytes of each file, in an order of their own. */
  readonly files: readonly string[]
  /** What simple Dublin Core calls subjects, in an order of their own. */
  readonly subjects: readonly string[]
}

async function seenByIslandora({ pid }: Both): Promise<View> {
  const object = (await islandora.send('GET', `object/${pid}`)).json as {
    label: string
    state: string
    datastreams: { dsid: string; label: string }[]
  }
  const query = new URLSearchParams(MEMBER).toString()
  const triples = (await islandora.send('GET', `object/${pid}/relationship?${query}`)).json as {
    object: { value: string }
  }[]
  const files = object.datastreams.filter(({ dsid }) => dsid !== 'DC' && dsid !== 'RELS-EXT')
  const read = files.map(async ({ dsid, label }) => {
    const { text } = await islandora.send('GET', `object/${pid}/datastream/${dsid}`)
    return `${label}: ${text}`
  })
  return {
    title: object.label,
    state: object.state,
    collections: triples.map((triple) => triple.object.value).toSorted(),
    files: (await Promise.all(read)).toSorted(),
    subjects: textsOf(await contentOf(pid, 'DC'), 'dc:subject').toSorted(),
  }
}

const contentOf = async (pid: string, dsid: string): Promise<string> =>
  (await islandora.send('GET', `object/${pid}/datastream/${dsid}`)).text

/** The texts of the elements of a name, none of which needs to be escaped here. */
const textsOf = (xml: string, name: string): string[] =>
  Array.from(xml.matchAll(new RegExp(`<${name}[^>]*>([^<]+)<`, 'g')), (match) => match[1] ?? '')

const elementsAt = async <T>(path: string): Promise<T[]> =>
  Object.values((await dspace.getJson<{ _embedded?: Record<string, T[]> }>(path))._embedded ?? {}).flat()

interface BitstreamDocument {
  readonly uuid: string
  readonly name: string
  readonly metadata: Record<string, { value: string }[]>
}

async function filesOf({ path }: Both): Promise<BitstreamDocument[]> {
  const bundles = await elementsAt<{ uuid: string }>(`${path}/bundles`)
  const files = bundles.map(({ uuid }) =>
    elementsAt<BitstreamDocument>(`/api/core/bundles/${uuid}/bitstreams`),
  )
  return (await Promise.all(files)).flat()
}

async function seenByDSpace(record: Both): Promise<View> {
  const item = await dspace.getJson<{
    name: string
    withdrawn: boolean
    discoverable: boolean
    metadata: Record<string, { value: string }[]>
  }>(record.path)
  const owner = await dspace.get(`${record.path}/owningCollection`)
  const owning = owner.status === 204 ? [] : [(await owner.json()) as { uuid: string }]
  const mapped = await elementsAt<{ uuid: string }>(`${record.path}/mappedCollections`)
  const read = (await filesOf(record)).map(async ({ uuid, name, metadata }) => {
    const text = await (await dspace.get(`/api/core/bitstreams/${uuid}/content`)).text()
    return `${metadata['dc.description']?.[0]?.value ?? name}: ${text}`
  })
  return {
    title: item.name,
    state: item.withdrawn ? 'D' : item.discoverable ? 'A' : 'I',
    collections: [...owning, ...mapped].map(({ uuid }) => pidOf(uuid)).toSorted(),
    files: (await Promise.all(read)).toSorted(),
    subjects: SUBJECTS.flatMap((field) => item.metadata[field] ?? [])
      .map(({ value }) => value)
      .toSorted(),
  }
}

const SUBJECTS = ['dc.subject', 'dc.subject.lcsh']

const pidOf = (uuid: string): string => collections.find(({ id }) => id === uuid)?.pid ?? uuid

const DSIDS = ['OBJ', 'TN', 'MODS']

/** A write through one of the dialects; some are refused, which changes nothing. */
async function write(record: Both, random: Chance, step: number): Promise<void> {
  const { pid, path } = record
  const collection = random.of(collections)
  const dsid = random.of(DSIDS)
  const patch = (field: string, value: unknown) =>
    dspace.patch(path, { json: [{ op: 'add', path: field, value }] })
  const flag = (field: string) =>
    dspace.patch(path, { json: [{ op: 'replace', path: field, value: random.happens(0.5) }] })
  const list = {
    headers: { 'content-type': 'text/uri-list' },
    body: `${server.api}/core/collections/${collection.id}`,
  }
  const relationship = `object/${pid}/relationship`
  const datastream = `object/${pid}/datastream`
  const file = new File([`bytes ${step}`], `file ${step}.txt`, { type: 'text/plain' })
  const putXml = (dsid: string, xml: string) =>
    islandora.send('PUT', `${datastream}/${dsid}`, { body: xml, headers: { 'content-type': 'text/xml' } })
  const triple = {
    predicate: random.of(['isPartOf', 'isPageOf']),
    object: random.of(['a:1', 'a:2', 'some text']),
  }
  const type = triple.object === 'some text' ? 'string' : 'uri'
  const writes: readonly (() => Promise<unknown>)[] = [
    () => islandora.json('PUT', `object/${pid}`, { label: `label ${step}` }),
    () => islandora.json('PUT', `object/${pid}`, { state: random.of(['A', 'I', 'D']) }),
    () => islandora.json('POST', relationship, { ...MEMBER, object: collection.pid }),
    () => islandora.json('DELETE', relationship, { ...MEMBER, object: collection.pid }),
    () => islandora.form('POST', datastream, { dsid, file }),
    () => islandora.form('PUT', `${datastream}/${dsid}`, { file }),
    () => islandora.json('PUT', `${datastream}/${dsid}`, { label: `label ${step}` }),
    () => islandora.send('DELETE', `${datastream}/${dsid}`),
    () => islandora.json('POST', relationship, { ...triple, type }),
    () => islandora.json('DELETE', relationship, { ...triple, literal: type === 'string' }),
    // What is put as it was read changes nothing; what is taken out of it, that alone.
    async () => putXml('RELS-EXT', await contentOf(pid, 'RELS-EXT')),
    async () => putXml('RELS-EXT', (await contentOf(pid, 'RELS-EXT')).replace(randomElement(random), '')),
    async () => putXml('RELS-EXT', withMember(await contentOf(pid, 'RELS-EXT'), collection.pid)),
    async () => putXml('DC', await contentOf(pid, 'DC')),
    async () =>
      putXml('DC', (await contentOf(pid, 'DC')).replace(/<dc:subject>[^<]*</, `<dc:subject>put ${step}<`)),
    async () => putXml('DC', (await contentOf(pid, 'DC')).replace(/<dc:subject>[^<]*<\/dc:subject>/, '')),
    () => patch(`/metadata/${random.of(SUBJECTS)}`, [{ value: `subject ${step}` }, { value: 'maps' }]),
    () => patch('/metadata/dc.title', [{ value: `title ${step}` }]),
    () => flag('/withdrawn'),
    () => flag('/discoverable'),
    () => dspace.post(`${path}/mappedCollections`, list),
    () => dspace.delete(`${path}/mappedCollections/${collection.id}`),
    () => dspace.put(`${path}/owningCollection`, list),
    async () => {
      const [one] = await filesOf(record)
      if (one !== undefined) await dspace.delete(`/api/core/bitstreams/${one.uuid}`)
    },
  ]
  try {
    await random.of(writes)()
  } catch (error) {
    const status = error instanceof Error && 'status' in error ? Number(error.status) : 500
    if (status >= 500) throw error
  }
}

/** One of the two kinds of elements of RELS-EXT that are taken out at random. */
const randomElement = (random: Chance): RegExp =>
  random.happens(0.5)
    ? /<fedora:isMemberOfCollection[^>]*\/>/
    : /<(?:fedora|islandora):is(?:Part|Page)Of[^>]*\/>/

/** RELS-EXT with a collection before the others. */
const withMember = (xml: string, pid: string): string => {
  const element = `<m:isMemberOfCollection xmlns:m="${MEMBER.uri}" rdf:resource="info:fedora/${pid}"/>`
  return xml.includes(`info:fedora/${pid}"`)
    ? xml
    : xml
        .replace(/(<rdf:Description[^>]*?)\/>/, '$1></rdf:Description>')
        .replace(/<rdf:Description[^>]*>/, (start) => start + element)
}

/** RELS-EXT says what the relationships say, in their order. */
async function requireSameRelationships(pid: string): Promise<void> {
  const xml = await contentOf(pid, 'RELS-EXT')
  const { json } = await islandora.send('GET', `object/${pid}/relationship`)
  const listed = (json as { predicate: { value: string } }[]).map(({ predicate }) => predicate.value)
  const written = Array.from(xml.matchAll(/<(?!rdf:)\w+(?:-\w+)?:(\w+)/g), (match) => match[1])
  expect(written).toEqual(listed)
}

test.each(SEEDS)('after each of many writes both dialects say the same (seed %i)', async (seed) => {
  const random = chance(seed)
  const { json } = await islandora.form('POST', 'object', { label: 'At first' })
  const { pid } = json as { pid: string }
  const { record } = await server.repository.useCases.objects.read(SYSTEM_ACTOR, pid)
  const both = { pid, path: `/api/core/items/${record.id}` }
  const views = new Set<string>()
  for (let step = 1; step <= STEPS; step += 1) {
    await write(both, random, step)
    const view = await seenByIslandora(both)
    expect(view).toEqual(await seenByDSpace(both))
    await requireSameRelationships(pid)
    views.add(JSON.stringify(view))
  }
  // Some writes are refused, or say what is so already.
  expect(views.size).toBeGreaterThan(STEPS / 4)
})
