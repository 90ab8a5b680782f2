import type { Bitstream, Bundle, Item } from '@hexapla/repository'
import { ADMINISTRATOR, buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson, RawSession } from './raw-session.ts'

/** How many statements a request may cost: "Budgets" of ARCHITECTURE.md. */

const FILES = 2
const reader = { email: 'reader@example.org', password: 'correct horse battery staple' }
let server: TestServer
let signedIn: RawSession
let administrator: RawSession
/** With an API token. */
let program: RawSession
let item: Item
let bundle: Bundle
let file: Bitstream

beforeAll(async () => {
  server = await startTestServer()
  await createPerson(server.session(), reader)
  signedIn = new RawSession(server.api)
  await signedIn.logIn(reader)
  administrator = new RawSession(server.api)
  await administrator.logIn(ADMINISTRATOR)
  program = new RawSession(server.api)
  const made = await server.session().post('/api/authn/tokens', { json: { name: 'program' } })
  program.token = ((await made.json()) as { token: string }).token
  const build = buildersFor(server.repository)
  const collections = [await build.collection('One'), await build.collection('Two')]
  const fill = async (number: number) => {
    const made = await build.item(`Item ${number}`, collections[number % 2]?.id)
    const original = await build.bundle(made.id)
    const first = await build.file(original.id, 'a.txt', `first of ${number}`)
    await build.file(original.id, 'b.txt', `second of ${number}`)
    return { item: made, bundle: original, file: first }
  }
  for (let number = 0; number < 100; number += 10) {
    const portion = Array.from({ length: 10 }, (_, offset) => fill(number + offset))
    ;[{ item, bundle, file }] = (await Promise.all(portion)) as [Awaited<ReturnType<typeof fill>>]
  }
  await settle()
})
afterAll(() => server.stop())

/** Background work looks into the outbox whenever it likes, and notes uses of tokens. */
const isOfRequest = (sql: string) =>
  !/^(?:begin|commit|rollback)|\boutbox\b|^update api_token\b/.test(sql.trim())

/** Who everybody is, is asked anew after each change. */
const settle = async () => {
  await server.repository.settled()
  await fetch(`${server.api}/core/items/${item.id}`)
}

/** How many statements it takes to answer a request with 200, and the answer. */
async function cost(path: string, session = new RawSession(server.api)) {
  const answers: string[] = []
  const sent = await server.statements(async () => {
    const response = await session.send('GET', path)
    expect(response.status).toBe(200)
    answers.push(await response.text())
  })
  return { statements: sent.filter(isOfRequest).length, text: answers.join('') }
}

describe('a single record', () => {
  test.each([
    ['an item', () => `/core/items/${item.id}`],
    ['a bundle', () => `/core/bundles/${bundle.id}`],
    ['a bitstream', () => `/core/bitstreams/${file.id}`],
  ])('%s costs one statement, and a program one more to know who asks', async (_name, path) => {
    expect((await cost(path())).statements).toBe(1)
    for (const person of [signedIn, administrator]) {
      // People are remembered from their first request on.
      expect((await cost(path(), person)).statements).toBeLessThanOrEqual(2)
      expect((await cost(path(), person)).statements).toBe(1)
    }
    expect((await cost(path(), program)).statements).toBe(2)
  })

  test('a file costs two statements', async () => {
    const path = `/core/bitstreams/${file.id}/content`
    expect((await cost(path)).statements).toBe(2)
    expect((await cost(path, signedIn)).statements).toBe(2)
  })

  test('a description that only bundle and item open costs two statements', async () => {
    const closed = await buildersFor(server.repository).file(bundle.id, 'closed.txt')
    await server.repository.database.write
      .deleteFrom('resource_policy')
      .where('resource_id', '=', closed.id)
      .execute()
    await settle()
    expect((await cost(`/core/bitstreams/${closed.id}`)).statements).toBe(2)
  })

  test('what has not changed costs no more than what has', async () => {
    const address = `${server.api}/core/items/${item.id}`
    const etag = (await fetch(address)).headers.get('etag') ?? ''
    const sent = await server.statements(async () => {
      expect((await fetch(address, { headers: { 'if-none-match': etag } })).status).toBe(304)
    })
    expect(sent.filter(isOfRequest)).toHaveLength(1)
  })
})

describe('a page', () => {
  interface Page {
    readonly _embedded: Readonly<Record<string, readonly Embedding[]>>
  }
  interface Embedding {
    readonly _embedded?: Readonly<
      Record<string, { readonly _embedded?: Readonly<Record<string, unknown[]>> }>
    >
  }

  test('of a hundred items with embeds costs as much as one of ten', async () => {
    const page = (size: number) =>
      cost(`/core/items?size=${size}&embed=owningCollection,bundles/bitstreams`, administrator)
    const [ten, hundred] = [await page(10), await page(100)]
    expect(hundred.statements).toBe(ten.statements)
    // Items and their number, collections, bundles, bitstreams.
    expect(hundred.statements).toBe(5)
    const items = (JSON.parse(hundred.text) as Page)._embedded['items'] ?? []
    expect(items).toHaveLength(100)
    for (const one of items) {
      expect(one._embedded?.['owningCollection']).toMatchObject({ type: 'collection' })
      const [original] = (one._embedded?.['bundles']?._embedded?.['bundles'] ?? []) as Embedding[]
      const files = original?._embedded?.['bitstreams']?._embedded?.['bitstreams'] ?? []
      expect(files.length).toBeGreaterThanOrEqual(FILES)
    }
  })

  test('of bitstreams with embeds costs the same whatever its size', async () => {
    const page = async (size: number) => {
      const embeds = 'embed=format&embed=thumbnail&embed=accessStatus&embed=bundle/item'
      return (await cost(`/core/bundles/${bundle.id}/bitstreams?size=${size}&${embeds}`)).statements
    }
    expect(await page(FILES)).toBe(await page(1))
  })
})
