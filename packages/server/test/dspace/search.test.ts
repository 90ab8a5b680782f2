import type { DSpaceSession } from '@hexapla/client'
import { metadataValue, SYSTEM_ACTOR, type Item } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readsOf } from './reads-of.ts'
import { refused } from './refused.ts'

const OBJECTS = '/api/discover/search/objects'

interface Results {
  readonly _embedded: {
    readonly searchResult: {
      readonly _embedded: {
        readonly objects: readonly {
          readonly _embedded: { readonly indexableObject: { readonly name: string } }
        }[]
      }
      readonly _links: Readonly<Record<string, { readonly href: string }>>
      readonly page: { readonly totalElements: number }
    }
  }
}

let server: TestServer
let admin: DSpaceSession
let ids: { top: string; sub: string; collection: string; other: string; birds: Item; site: string }
beforeAll(async () => {
  server = await startTestServer()
  admin = server.session()
  const build = buildersFor(server.repository)
  const top = (await build.community('Top community')).id
  const sub = (await build.community('Sub community', top)).id
  const collection = (await build.collection('Data collection', sub)).id
  const other = (await build.collection('Other collection')).id
  const birds = await build.item('Birds of the northern sea', collection, {
    'dc.description.abstract': [metadataValue('Counts of gulls; contact gulls@example.org')],
    'dc.date.accessioned': [metadataValue('2020-01-01T00:00:00Z')],
  })
  await build.item('Fishes of the northern lakes', collection)
  await build.item('Birds, birds and birds', other, {
    'dc.date.accessioned': [metadataValue('2021-01-01T00:00:00Z')],
  })
  const gone = await build.item('Birds that were withdrawn', collection)
  const hidden = await build.item('Birds that are hidden', collection)
  const change = (id: string, path: string, value: boolean) =>
    admin.patch(`/api/core/items/${id}`, { json: [{ op: 'replace', path, value }] })
  await change(gone.id, '/withdrawn', true)
  await change(hidden.id, '/discoverable', false)
  const sites = await admin.getJson<{ _embedded: { sites: { id: string }[] } }>('/api/core/sites')
  ids = { top, sub, collection, other, birds, site: sites._embedded.sites[0]?.id ?? '' }
})
afterAll(() => server.stop())

async function search(query: string, session = server.anonymous()): Promise<string[]> {
  const { _embedded } = await session.getJson<Results>(`${OBJECTS}?${query}`)
  const { _embedded: found, page } = _embedded.searchResult
  const names = found.objects.map((object) => object._embedded.indexableObject.name)
  expect(page.totalElements).toBeGreaterThanOrEqual(names.length)
  return names
}

describe('what is found', () => {
  test('without words: everything that may be seen, by title', async () => {
    const everything = [
      'A community',
      'Birds of the northern sea',
      'Birds, birds and birds',
      'Data collection',
      'Fishes of the northern lakes',
      'Other collection',
      'Sub community',
      'Top community',
    ]
    for (const query of ['', 'query=', 'query=*:*', 'query=*'])
      expect(await search(query)).toEqual(everything)
    expect(await search('', admin)).toEqual(everything)
  })

  test.each([
    ['query=northern', ['Birds of the northern sea', 'Fishes of the northern lakes']],
    ['query=NORTHERN birds', ['Birds of the northern sea']],
    ['query=gulls@example.org', ['Birds of the northern sea']],
    ['query=bird', []],
    ['query=fish*', ['Fishes of the northern lakes']],
    ['query=north* lake*', ['Fishes of the northern lakes']],
    ['query=%22%3B--', []],
    ['query=birds %26 !fishes', []],
  ])('%s', async (query, names) => {
    expect((await search(query)).toSorted()).toEqual(names)
  })

  test('of the kinds asked for, in any case', async () => {
    expect(await search('dsoType=item')).toHaveLength(3)
    expect(await search('dsoType=COMMUNITY&dsoType=Collection')).toHaveLength(5)
    expect(await search('dsoType=')).toHaveLength(8)
  })

  test('below a community or collection, however deep', async () => {
    const items = ['Birds of the northern sea', 'Fishes of the northern lakes']
    expect(await search(`scope=${ids.collection}`)).toEqual(items)
    expect(await search(`scope=${ids.top}&dsoType=item`)).toEqual(items)
    expect(await search(`scope=${ids.top}`)).toEqual(
      expect.arrayContaining(['Sub community', 'Data collection', ...items]),
    )
    expect(await search(`scope=${ids.top}`)).toHaveLength(4)
    expect(await search(`scope=${ids.site}`)).toHaveLength(8)
    expect(await search('scope=00000000-0000-4000-8000-00000000dead')).toEqual([])
  })

  test('in a collection, what is mapped into it', async () => {
    await server.repository.useCases.items.map(SYSTEM_ACTOR, {
      itemId: ids.birds.id,
      collectionIds: [ids.other],
    })
    expect(await search(`scope=${ids.other}`)).toContain('Birds of the northern sea')
  })

  test('nothing that is still being submitted, since there is no such thing', async () => {
    expect(await search('query=*:*&configuration=workflow&dsoType=item')).toEqual([])
    expect(await search('query=*:*&configuration=default&dsoType=item')).toHaveLength(3)
  })

  test('nothing that the reader may not see', async () => {
    const build = buildersFor(server.repository)
    const secret = await build.item('Zebra in private', ids.collection)
    const policies = server.repository.database.write
      .deleteFrom('resource_policy')
      .where('resource_id', '=', secret.id)
    await policies.execute()
    expect(await search('query=zebra')).toEqual([])
    expect(await search('query=zebra', admin)).toEqual(['Zebra in private'])
    await admin.delete(`/api/core/items/${secret.id}`)
  })
})

describe('the order', () => {
  test('is by how well it fits, unless asked for', async () => {
    expect((await search('query=birds&dsoType=item'))[0]).toBe('Birds, birds and birds')
  })

  test.each([
    ['sort=dc.title,DESC', 'Fishes of the northern lakes'],
    ['sort=dc.date.accessioned,ASC', 'Birds of the northern sea'],
    ['sort=score,DESC&query=birds', 'Birds, birds and birds'],
    ['sort=lastModified,ASC&query=fishes', 'Fishes of the northern lakes'],
  ])('%s', async (query, first) => {
    expect((await search(`${query}&dsoType=item`))[0]).toBe(first)
  })

  test('is the same over all pages: nothing twice, nothing left out', async () => {
    const names: string[] = []
    for (let page = 0; page < 4; page += 1)
      names.push(...(await search(`sort=score,DESC&size=2&page=${page}`)))
    expect(new Set(names).size).toBe(8)
  })
})

test('results have the shape that clients read', async () => {
  const path = `${OBJECTS}?query=gulls&embed=owningCollection&embed=item%2Fthumbnail&size=1&page=0&sort=score,DESC`
  const body = await server.anonymous().getJson<Results>(path)
  const item = { href: `${server.api}/core/items/${ids.birds.id}` }
  expect(body).toMatchObject({
    query: 'gulls',
    scope: null,
    configuration: null,
    appliedFilters: [],
    sort: { by: 'score', order: 'desc' },
    type: 'discover',
    _embedded: {
      searchResult: {
        page: { number: 0, size: 1, totalElements: 1, totalPages: 1 },
        _embedded: {
          objects: [
            {
              hitHighlights: {},
              type: 'discover',
              _links: { indexableObject: item },
              _embedded: {
                indexableObject: {
                  uuid: ids.birds.id,
                  type: 'item',
                  _links: { self: item },
                  _embedded: { owningCollection: { uuid: ids.collection } },
                },
              },
            },
          ],
        },
      },
    },
  })
  const nothing = await server.anonymous().getJson<Results>(`${OBJECTS}?query=nothingatall`)
  expect(nothing._embedded.searchResult._embedded.objects).toEqual([])
  expect(nothing._embedded.searchResult._links['self']?.href).toContain('query=nothingatall')
})

test.each([
  [`${OBJECTS}?sort=colour`, 'SORT_UNKNOWN'],
  [`${OBJECTS}?size=0`, 'page-invalid'],
  [`${OBJECTS}?dsoType=person`, 'argument-invalid'],
  [`${OBJECTS}?scope=here`, 'argument-invalid'],
  [`${OBJECTS}?f.author=Smith,equals`, 'argument-invalid'],
])('%s is 400', async (path, code) => {
  expect(await refused(server.anonymous().get(path))).toEqual({ status: 400, code })
})

test('discover links to the search, and the search says how it sorts', async () => {
  const anonymous = server.anonymous()
  expect(await anonymous.getJson('/api/discover')).toMatchObject({
    type: 'discover',
    _links: { search: { href: `${server.api}/discover/search` } },
  })
  expect(await anonymous.getJson('/api/discover/search')).toMatchObject({
    filters: [],
    sortOptions: expect.arrayContaining([{ name: 'dc.title', sortOrder: 'ASC' }]),
    _links: { objects: { href: `${server.api}/discover/search/objects` } },
  })
})

test('a page costs two statements beside the one that asks whether the index is in step, and one more for each embed', async () => {
  const page = (query: string) => () => server.anonymous().getJson(`${OBJECTS}?query=*:*&${query}`)
  await page('size=1')()
  expect(await readsOf(server, page('size=1'))).toBe(3)
  expect(await readsOf(server, page('size=100'))).toBe(3)
  expect(await readsOf(server, page('size=100&dsoType=item&embed=owningCollection'))).toBe(4)
})
