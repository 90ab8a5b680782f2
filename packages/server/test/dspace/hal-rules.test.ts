import {
  BitstreamDocument,
  BitstreamFormatDocument,
  BundleDocument,
  CollectionDocument,
  CommunityDocument,
  EntityTypeDocument,
  GroupDocument,
  HalList,
  HalResource,
  ItemDocument,
  MetadataFieldDocument,
  MetadataSchemaDocument,
  PersonDocument,
  PolicyDocument,
  RelationshipDocument,
  RelationshipTypeDocument,
} from '@hexapla/contract'
import { HttpError, type DSpaceSession } from '@hexapla/client'
import { metadataValue, SYSTEM_ACTOR } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { Check, Errors } from 'typebox/value'
import type { TSchema } from 'typebox'
import { RestServer } from '@hexapla/rest'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

/** The HAL rules H1 to H10 that clients rely on, for every document that can be reached from the root. */

const SCHEMAS: Readonly<Record<string, TSchema>> = {
  bitstream: BitstreamDocument,
  bitstreamformat: BitstreamFormatDocument,
  bundle: BundleDocument,
  collection: CollectionDocument,
  community: CommunityDocument,
  entitytype: EntityTypeDocument,
  eperson: PersonDocument,
  group: GroupDocument,
  item: ItemDocument,
  metadatafield: MetadataFieldDocument,
  metadataschema: MetadataSchemaDocument,
  relationship: RelationshipDocument,
  relationshiptype: RelationshipTypeDocument,
  resourcepolicy: PolicyDocument,
}

let server: TestServer
let session: DSpaceSession
/** The address patterns of all routes that can be read. */
let readable: string[]

beforeAll(async () => {
  const addRoute = vi.spyOn(RestServer.prototype, 'addRoute')
  server = await startTestServer()
  readable = addRoute.mock.calls
    .filter(([, Handler]) => 'get' in Handler.prototype)
    .map(([path]) => path)
    .filter((path) => path.startsWith('/server/api'))
  addRoute.mockRestore()
  session = server.session()
  await session.post('/api/authn/tokens', { json: { name: 'linked' } })
  const build = buildersFor(server.repository)
  const top = await build.community('Top')
  const sub = await build.community('Sub', top.id)
  const collection = await build.collection('Collection', sub.id)
  const { collections } = server.repository.useCases
  await collections.createTemplate(SYSTEM_ACTOR, { collectionId: collection.id, metadata: {} })
  // Whichever of them stands for all items, everything hangs on it.
  const fill = async (title: string, entityType: string) => {
    const kind = { 'dspace.entity.type': [metadataValue(entityType)] }
    const item = await build.item(title, collection.id, kind)
    await build.file((await build.bundle(item.id)).id, 'picture.png', 'not really')
    await build.file((await build.bundle(item.id, 'THUMBNAIL')).id, 'picture.png.jpg', 'neither')
    return item
  }
  const [publication, person] = [await fill('Work', 'Publication'), await fill('Author', 'Person')]
  await server.repository.useCases.relationships.create(SYSTEM_ACTOR, {
    typeId: 1,
    leftItemId: publication.id,
    rightItemId: person.id,
    leftwardValue: null,
    rightwardValue: null,
  })
})
afterAll(() => server.stop())

/** One representative address for each shape of address: uuids and numbers do not matter. */
const shapeOf = (address: string) =>
  address
    .replace(/[?].*$/, '')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
    .replaceAll(/\/\d+(?=\/|$)/g, '/:n')

interface Visited {
  readonly shape: string
  readonly address: string
  readonly status: number
  readonly document: unknown
}

/** Everything that links lead to from the root, one address a shape. */
async function crawl(): Promise<Visited[]> {
  const seen = new Set<string>()
  const visited: Visited[] = []
  const queue = [server.api]
  for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
    const shape = shapeOf(address)
    if (seen.has(shape)) continue
    seen.add(shape)
    const page = await look(address)
    visited.push({ shape, address, ...page })
    for (const link of linksIn(page.document)) {
      if (link.startsWith(server.api) && !link.includes('{')) queue.push(link)
    }
  }
  return visited
}

async function look(address: string): Promise<{ status: number; document: unknown }> {
  try {
    const response = await session.get(address)
    const isJson = response.headers.get('content-type')?.includes('json') === true
    if (isJson) return { status: response.status, document: await response.json() }
    await response.body?.cancel()
    return { status: response.status, document: undefined }
  } catch (error) {
    if (error instanceof HttpError) return { status: error.status, document: undefined }
    throw error
  }
}

/** Addresses under every `_links`, however deep. */
function linksIn(document: unknown): string[] {
  if (typeof document !== 'object' || document === null) return []
  const links = '_links' in document ? Object.values(document._links as object).flat() : []
  return [
    ...links.map((link: { href: string }) => link.href),
    ...Object.entries(document).flatMap(([key, inner]) => (key === '_links' ? [] : linksIn(inner))),
  ]
}

/** Every HAL document within a document, with the place that it is at. */
function documentsIn(document: unknown, at: string): { at: string; document: Record<string, unknown> }[] {
  if (Array.isArray(document))
    return document.flatMap((inner, index) => documentsIn(inner, `${at}[${index}]`))
  if (typeof document !== 'object' || document === null) return []
  const record = document as Record<string, unknown>
  const inner = Object.entries(record).flatMap(([key, value]) => documentsIn(value, `${at}.${key}`))
  return '_links' in record ? [{ at, document: record }, ...inner] : inner
}

function faultsOf({ at, document }: { at: string; document: Record<string, unknown> }): string[] {
  const isList = 'page' in document && !('type' in document)
  const schema = isList ? HalList : (SCHEMAS[String(document['type'])] ?? HalResource)
  const faults = Check(schema, document)
    ? []
    : [`${at}: ${JSON.stringify(Errors(schema, document).slice(0, 3))}`]
  const links = document['_links'] as Record<string, unknown>
  if (!isList) {
    for (const name of Object.keys((document['_embedded'] as object | undefined) ?? {})) {
      if (!Object.hasOwn(links, name)) faults.push(`${at}: ${name} is embedded without a link (H2)`)
    }
  }
  return faults
}

test('every link leads somewhere, and every document keeps the rules', async () => {
  const visited = await crawl()
  expect(visited.length).toBeGreaterThan(25)
  const dead = visited.filter(({ status }) => ![200, 204, 405].includes(status))
  expect(dead.map(({ shape, status }) => `${status} ${shape}`)).toEqual([])
  const faults = visited.flatMap(({ address, document }) =>
    documentsIn(document, address).flatMap((found) => faultsOf(found)),
  )
  expect(faults).toEqual([])
})

test('whatever is embedded by the full projection keeps the rules too', async () => {
  const visited = await crawl()
  for (const { address, status } of visited) {
    if (status !== 200) continue
    const { document } = await look(`${address}?projection=full&embed=nothing&embed=a/b,c`)
    expect(documentsIn(document, address).flatMap((found) => faultsOf(found))).toEqual([])
  }
})

test('every document has an ETag, and answers 304 to it', async () => {
  for (const { address, status, document } of await crawl()) {
    if (status !== 200 || document === undefined) continue
    const etag = (await session.get(address)).headers.get('etag')
    expect([address, etag]).toEqual([address, expect.stringMatching(/^"[^"]+"$/)])
    const again = await session.get(address, { headers: { 'if-none-match': etag ?? '' } })
    expect([address, again.status]).toEqual([address, 304])
  }
})

test('the self link of a list is the address asked for, without what concerns embedding', async () => {
  for (const { address, document } of await crawl()) {
    if (typeof document !== 'object' || document === null || !('page' in document) || 'type' in document)
      continue
    const query = '?size=3&page=0'
    const { document: page } = await look(`${address.replace(/[?].*$/, '')}${query}&embed=a&embed.size=a=2`)
    const self = (page as { _links: { self: { href: string } } })._links.self.href
    expect([address, new URL(self).search]).toEqual([address, query])
  }
})

test('links lead to every address, but those that need to be told what is wanted', async () => {
  const shapes = new Set((await crawl()).map(({ shape }) => new URL(shape).pathname))
  const pattern = (path: string) => new RegExp(`^${path.replaceAll(/:\w+/g, ':\\w+')}$`)
  const missed = readable.filter(
    (path) => !shapes.has(path) && ![...shapes].some((shape) => pattern(path).test(shape)),
  )
  expect(missed.map((path) => path.slice('/server/api'.length))).toEqual([
    '/security/csrf',
    '/authn/tokens/search/byEPerson',
    '/dso/find',
    '/pid/find',
    '/core/metadatafields/search/bySchema',
    '/authz/resourcepolicies/search/eperson',
    '/authz/resourcepolicies/search/group',
    '/authz/resourcepolicies/search/resource',
    '/core/collections/search/findSubmitAuthorizedByEntityType',
    '/core/collections/search/findSubmitAuthorizedByCommunity',
    '/core/collections/search/findSubmitAuthorizedByCommunityAndEntityType',
    '/integration/externalsources/search/findByEntityType',
    '/integration/externalsources/:source',
    '/integration/externalsources/:source/entityTypes',
    '/integration/externalsources/:source/entries',
    '/integration/externalsources/:source/entryValues/:entryId',
    '/core/items/search/findByCustomURL',
    '/core/entitytypes/label/:label',
    '/core/relationshiptypes/search/byEntityType',
    '/core/relationships/search/byLabel',
    '/core/relationships/search/byItemsAndType',
    '/core/bitstreams/search',
    '/core/bitstreams/search/byItemHandle',
  ])
})
