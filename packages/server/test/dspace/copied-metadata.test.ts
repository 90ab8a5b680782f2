import type { DSpaceSession } from '@hexapla/client'
import { SYSTEM_ACTOR, type Item } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { entitiesFor, textsOf, TYPES, valuesOf } from './entities.ts'
import { createPerson } from './raw-session.ts'
import { refused } from './refused.ts'

/** What stays of a relationship that ends (`copyVirtualMetadata`). */

let server: TestServer
let admin: DSpaceSession
let make: ReturnType<typeof entitiesFor>

beforeAll(async () => {
  server = await startTestServer()
  admin = server.session()
  make = entitiesFor(server, (await buildersFor(server.repository).collection()).id)
})
afterAll(() => server.stop())

const AUTHORS = 'dc.contributor.author'
const WORKS = 'relation.isPublicationOfAuthor'
const own = async (item: Item, field: string) =>
  (await valuesOf(admin, item, field)).map(({ value, authority }) =>
    authority === null ? value : `(${value})`,
  )

/** A work with an own author between two related ones. */
async function prepare() {
  const work = await make.publication('Kept', 'Own, A')
  const [jane, joe] = [await make.person('Smith', 'Jane'), await make.person('Smith', 'Joe')]
  const ofJane = await make.relate(TYPES.author, work, jane)
  await make.relate(TYPES.author, work, joe)
  await admin.put(`/api/core/relationships/${ofJane.id}`, { json: { leftPlace: 0 } })
  expect(await own(work, AUTHORS)).toEqual(['(Smith, Jane)', 'Own, A', '(Smith, Joe)'])
  return { work, jane, joe, ofJane }
}

describe('deleting a relationship', () => {
  test.each([
    ['', ['Own, A', '(Smith, Joe)'], []],
    ['?copyVirtualMetadata=none', ['Own, A', '(Smith, Joe)'], []],
    ['?copyVirtualMetadata=left', ['Smith, Jane', 'Own, A', '(Smith, Joe)'], []],
    ['?copyVirtualMetadata=right', ['Own, A', '(Smith, Joe)'], ['work']],
    ['?copyVirtualMetadata=all', ['Smith, Jane', 'Own, A', '(Smith, Joe)'], ['work']],
    ['?copyVirtualMetadata=configured', ['Smith, Jane', 'Own, A', '(Smith, Joe)'], []],
  ])('%s keeps what it is to keep, where it was', async (query, authors, works) => {
    const { work, jane, joe, ofJane } = await prepare()
    const response = await admin.delete(`/api/core/relationships/${ofJane.id}${query}`)
    expect(response.status).toBe(204)
    expect(await own(work, AUTHORS)).toEqual(authors)
    expect(await own(jane, WORKS)).toEqual(works.map(() => work.id))
    expect(await own(jane, `${WORKS}.latestForDiscovery`)).toEqual([])
    const [left] = (
      await admin.getJson<{ _embedded: { relationships: { leftPlace: number }[] } }>(
        `/api/core/items/${joe.id}/relationships`,
      )
    )._embedded.relationships
    expect(left?.leftPlace).toBe(authors.length - 1)
    // What was copied is the item's own: its name no longer follows.
    await admin.patch(`/api/core/items/${jane.id}`, {
      json: [{ op: 'replace', path: '/metadata/person.givenName', value: [{ value: 'Joan' }] }],
    })
    expect(await own(work, AUTHORS)).toEqual(authors)
  })

  test('refuses another choice', async () => {
    const { ofJane } = await prepare()
    const request = admin.delete(`/api/core/relationships/${ofJane.id}?copyVirtualMetadata=lefft`)
    expect(await refused(request)).toEqual({ status: 400, code: 'argument-invalid' })
  })
})

describe('deleting an item', () => {
  async function prepareItem() {
    const prepared = await prepare()
    const organisation = await make.entity('OrgUnit', 'Org', { 'organization.legalName': 'An Org' })
    await make.relate(TYPES.orgUnitOfPerson, prepared.jane, organisation)
    return { ...prepared, organisation }
  }

  test.each([
    ['', [], []],
    ['?copyVirtualMetadata=none', [], []],
    ['?copyVirtualMetadata=all', ['Smith, Jane'], ['jane']],
    ['?copyVirtualMetadata=configured', ['Smith, Jane'], []],
    ['?copyVirtualMetadata=1', ['Smith, Jane'], []],
    ['?copyVirtualMetadata=6', [], ['jane']],
    ['?copyVirtualMetadata=1&copyVirtualMetadata=6', ['Smith, Jane'], ['jane']],
  ])('%s ends its relationships, and keeps what is to be kept', async (query, kept, people) => {
    const { work, jane, organisation } = await prepareItem()
    expect((await admin.delete(`/api/core/items/${jane.id}${query}`)).status).toBe(204)
    expect(await own(work, AUTHORS)).toEqual([...kept, 'Own, A', '(Smith, Joe)'])
    expect(await own(work, 'relation.isAuthorOfPublication')).toEqual([
      ...kept.map(() => jane.id),
      expect.stringMatching(/^\(/),
    ])
    expect(await own(organisation, 'relation.isPersonOfOrgUnit')).toEqual(people.map(() => jane.id))
    const ofWork = await admin.getJson<{ page: unknown }>(`/api/core/items/${work.id}/relationships`)
    expect(ofWork.page).toMatchObject({ totalElements: 1 })
  })

  test('refuses another choice, and needs the right to edit what is copied to', async () => {
    const { jane } = await prepareItem()
    for (const query of ['nothing', '1&copyVirtualMetadata=all', '-1']) {
      const request = admin.delete(`/api/core/items/${jane.id}?copyVirtualMetadata=${query}`)
      expect(await refused(request)).toEqual({ status: 400, code: 'argument-invalid' })
    }
    const account = { email: 'deleter@example.org', password: 'correct horse battery staple' }
    const personId = await createPerson(admin, account)
    await server.repository.database.write
      .insertInto('resource_policy')
      .values({
        resource_id: jane.id,
        action: 'DELETE',
        person_id: personId,
        group_id: null,
        start_date: null,
        end_date: null,
        name: null,
        description: null,
        origin: 'custom',
      })
      .execute()
    const remove = (query: string) => server.session(account).delete(`/api/core/items/${jane.id}${query}`)
    expect(await refused(remove('?copyVirtualMetadata=all'))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    expect((await remove('')).status).toBe(204)
  })
})

test.each(['collection', 'community'] as const)(
  'deleting a %s ends what its items have with others',
  async (kind) => {
    const build = buildersFor(server.repository)
    const community = await build.community()
    const collection = await build.collection('People', community.id)
    const there = entitiesFor(server, collection.id)
    const work = await make.publication('Outside', 'Own, A')
    const [jane, joe] = [await there.person('Smith', 'Jane'), await make.person('Smith', 'Joe')]
    for (const person of [jane, joe]) await make.relate(TYPES.author, work, person)
    await make.relate(TYPES.author, await there.publication('Inside'), jane)
    const { collections, communities } = server.repository.useCases
    if (kind === 'collection') await collections.delete(SYSTEM_ACTOR, { id: collection.id, expected: 'any' })
    else await communities.delete(SYSTEM_ACTOR, { id: community.id, expected: 'any' })
    expect(await textsOf(admin, work, AUTHORS)).toEqual(['Own, A', 'Smith, Joe'])
    expect(await textsOf(admin, work, 'relation.isAuthorOfPublication')).toEqual([joe.id])
  },
)
