import type { DSpaceSession } from '@hexapla/client'
import type { Item } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  entitiesFor,
  idsIn,
  TYPES,
  uriList,
  type RelationshipDocument,
  type RelationshipList,
} from './entities.ts'
import { createPerson } from './raw-session.ts'
import { refused } from './refused.ts'

let server: TestServer
let admin: DSpaceSession
let make: ReturnType<typeof entitiesFor>

beforeAll(async () => {
  server = await startTestServer()
  admin = server.session()
  make = entitiesFor(server, (await buildersFor(server.repository).collection()).id)
})
afterAll(() => server.stop())

const uris = (...items: { id: string }[]) => uriList(server, ...items)
const create = (session: DSpaceSession, left: Item, right: Item) =>
  session.post(`/api/core/relationships?relationshipType=${TYPES.author}`, uris(left, right))
const read = (id: number, session = admin) =>
  session.getJson<RelationshipDocument>(`/api/core/relationships/${id}`)
const list = (path: string, session = admin) => session.getJson<RelationshipList>(`/api/core/${path}`)

describe('rights to relationships', () => {
  const editor = { email: 'editor@example.org', password: 'correct horse battery staple' }
  const stranger = { email: 'stranger@example.org', password: 'correct horse battery staple' }
  let editorId: string
  beforeAll(async () => {
    editorId = await createPerson(admin, editor)
    await createPerson(admin, stranger)
  })
  const letEdit = async (item: Item) => {
    await server.repository.database.write
      .insertInto('resource_policy')
      .values({
        resource_id: item.id,
        action: 'WRITE',
        person_id: editorId,
        group_id: null,
        start_date: null,
        end_date: null,
        name: null,
        description: null,
        origin: 'custom',
      })
      .execute()
  }
  const close = (item: Item) =>
    server.repository.database.write
      .deleteFrom('resource_policy')
      .where('resource_id', '=', item.id)
      .execute()

  test.each(['left', 'right'] as const)(
    'to edit the %s item are enough to relate and to end it',
    async (side) => {
      const items = { left: await make.publication(), right: await make.person('Edited', side) }
      const session = server.session(editor)
      expect(await refused(create(session, items.left, items.right))).toEqual({
        status: 403,
        code: 'NOT_ALLOWED',
      })
      await letEdit(items[side])
      const { id } = (await (await create(session, items.left, items.right)).json()) as RelationshipDocument
      await session.put(`/api/core/relationships/${id}`, { json: { leftwardValue: 'Other' } })
      expect((await session.delete(`/api/core/relationships/${id}`)).status).toBe(204)
    },
  )

  test('are needed for every change', async () => {
    const [work, author] = [await make.publication(), await make.person('Not', 'Yours')]
    const { id } = await make.relate(TYPES.author, work, author)
    const path = `/api/core/relationships/${id}`
    const attempts: readonly ((session: DSpaceSession) => Promise<unknown>)[] = [
      (session) => create(session, work, author),
      (session) => session.put(path, { json: {} }),
      (session) => session.put(`${path}/leftItem`, uris(work)),
      (session) => session.put(`${path}/rightItem`, uris(author)),
      (session) => session.delete(path),
    ]
    for (const attempt of attempts) {
      expect(await refused(attempt(server.session(stranger)))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
      expect(await refused(attempt(server.anonymous()))).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
    }
  })

  test('to put another item in are needed on one of the items before and after', async () => {
    const session = server.session(editor)
    const [work, other] = [await make.publication(), await make.publication()]
    const { id } = await make.relate(TYPES.author, work, await make.person('A', 'B'))
    await letEdit(other)
    const path = `/api/core/relationships/${id}/leftItem`
    expect(await refused(session.put(path, uris(other)))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    await letEdit(work)
    expect((await session.put(path, uris(other))).status).toBe(200)
    await close(work)
    expect(await refused(session.put(path, uris(work)))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
  })

  test('to read one of the items are enough, and needed', async () => {
    const [work, author] = [await make.publication(), await make.person('Seen', 'By All')]
    const { id } = await make.relate(TYPES.author, work, author)
    const byLabel = `relationships/search/byLabel?label=isAuthorOfPublication&size=100`
    await close(work)
    expect(await read(id, server.anonymous())).toMatchObject({ id })
    expect(idsIn(await list(byLabel, server.anonymous()))).toContain(id)
    await close(author)
    expect(await refused(read(id, server.anonymous()))).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
    expect(await refused(read(id, server.session(stranger)))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    expect(idsIn(await list(byLabel, server.anonymous()))).not.toContain(id)
    expect(idsIn(await list(byLabel))).toContain(id)
    const ofItem = `items/${work.id}/relationships`
    expect(await refused(list(ofItem, server.anonymous()))).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
  })

  test('to list all are the administrators’', async () => {
    expect((await list('relationships?size=1')).page.totalElements).toBeGreaterThan(1)
    expect(await refused(list('relationships', server.session(stranger)))).toMatchObject({ status: 403 })
    expect(await refused(list('relationships', server.anonymous()))).toMatchObject({ status: 401 })
  })

  test('to edit the item that keeps the values are needed to copy them', async () => {
    const [work, author] = [await make.publication(), await make.person('Kept', 'Name')]
    const { id } = await make.relate(TYPES.author, work, author)
    await letEdit(author)
    const session = server.session(editor)
    const remove = (query: string) =>
      session.delete(`/api/core/relationships/${id}?copyVirtualMetadata=${query}`)
    for (const choice of ['left', 'all', 'configured']) {
      expect(await refused(remove(choice))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    }
    expect((await remove('right')).status).toBe(204)
  })
})
