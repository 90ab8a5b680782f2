import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { DSpaceSession } from '../src/index.ts'
import { account, json, startDSpace } from './dspace-server.ts'

type Page = (number: number, origin: string) => unknown

async function serve(pages: Record<string, Page>) {
  const route = (page: Page) => (req: IncomingMessage, res: ServerResponse) => {
    const url = new URL(req.url ?? '', `http://${req.headers.host}`)
    json(res, 200, page(Number(url.searchParams.get('page') ?? 0), url.origin))
  }
  const routes = Object.fromEntries(Object.entries(pages).map(([path, page]) => [path, route(page)]))
  const server = await startDSpace({ version: 8, routes })
  return { server, session: new DSpaceSession(server.endpoint, account) }
}

const items =
  (path: string): Page =>
  (number, origin) => ({
    _embedded: { whatever: [{ id: number * 2 }, { id: number * 2 + 1 }] },
    _links: number < 2 ? { next: { href: `${origin}/server${path}?page=${number + 1}&size=2` } } : {},
    // Counters that lie must not matter.
    page: { size: 100, totalPages: 1, totalElements: 2, number: 0 },
  })

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const value of values) list.push(value)
  return list
}

test('records of all pages, along absolute next links, with the asked query', async () => {
  const { server, session } = await serve({ '/api/core/items': items('/api/core/items') })
  await using _ = server
  const options = {
    size: 2,
    sort: 'dc.title,ASC',
    embed: ['thumbnail', 'bundles/bitstreams'],
    query: { x: 1 },
  }
  const found = await all(session.items<{ id: number }>('/api/core/items', options))
  expect(found.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 5])
  const asked = server.seen.filter(({ path }) => path.startsWith('/api/core/items')).map(({ path }) => path)
  expect(asked).toEqual([
    '/api/core/items?size=2&sort=dc.title%2CASC&embed=thumbnail&embed=bundles%2Fbitstreams&x=1',
    '/api/core/items?page=1&size=2',
    '/api/core/items?page=2&size=2',
  ])
})

test('pages are documents, read one at a time', async () => {
  const { server, session } = await serve({ '/api/core/items': items('/api/core/items') })
  await using _ = server
  for await (const page of session.pages('/api/core/items')) {
    expect(page['page']).toMatchObject({ totalPages: 1 })
    break
  }
  expect(server.count('GET', '/api/core/items')).toBe(1)
})

test('a search result gives the objects of its hits', async () => {
  const { server, session } = await serve({
    '/api/discover/search/objects': (number, origin) => ({
      _embedded: {
        searchResult: {
          _embedded: {
            objects: [{ hitHighlights: {}, _embedded: { indexableObject: { uuid: `u${number}` } } }],
          },
          _links: number < 1 ? { next: { href: `${origin}/server/api/discover/search/objects?page=1` } } : {},
        },
        facets: [{ name: 'author' }],
      },
    }),
  })
  await using _ = server
  expect(await all(session.items('/api/discover/search/objects'))).toEqual([{ uuid: 'u0' }, { uuid: 'u1' }])
})

test('an empty list, and pages that are none', async () => {
  const link = (href: string) => ({ _embedded: { a: [] }, _links: { next: { href } } })
  const { server, session } = await serve({
    '/api/empty': () => ({ page: { totalElements: 0 } }),
    '/api/list': () => [],
    '/api/two': () => ({ _embedded: { a: [], b: [] } }),
    '/api/circle': (_number, origin) => link(`${origin}/server/api/circle?page=1`),
    '/api/elsewhere': () => link('https://elsewhere.example.org/server/api/x'),
  })
  await using _ = server
  expect(await all(session.items('/api/empty'))).toEqual([])
  for (const path of ['/api/list', '/api/two', '/api/circle']) {
    await expect(all(session.items(path))).rejects.toMatchObject({ code: 'page_invalid' })
  }
  await expect(all(session.items('/api/elsewhere'))).rejects.toMatchObject({ code: 'url_foreign' })
  await expect(all(session.items('/api/list', { signal: AbortSignal.abort() }))).rejects.toMatchObject({
    name: 'AbortError',
  })
})
