import type { DSpaceSession } from '@hexapla/client'
import { SYSTEM_ACTOR, type Collection, type Item } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  entitiesFor,
  idsIn,
  textsOf,
  TYPES,
  uriList,
  type RelationshipDocument,
  type RelationshipList,
} from './entities.ts'
import { refused } from './refused.ts'

let server: TestServer
let admin: DSpaceSession
let collection: Collection
let make: ReturnType<typeof entitiesFor>

beforeAll(async () => {
  server = await startTestServer()
  admin = server.session()
  collection = await buildersFor(server.repository).collection()
  make = entitiesFor(server, collection.id)
})
afterAll(() => server.stop())

const UNKNOWN = '00000000-0000-4000-8000-00000000dead'
const uri = (item: { id: string }) => `${server.api}/core/items/${item.id}`
const uris = (...items: { id: string }[]) => uriList(server, ...items)
const create = (left: Item, right: Item, query = '') =>
  admin.post(`/api/core/relationships?relationshipType=${TYPES.author}${query}`, uris(left, right))
const created = async (left: Item, right: Item, query = '') =>
  (await (await create(left, right, query)).json()) as RelationshipDocument
const read = (id: number) => admin.getJson<RelationshipDocument>(`/api/core/relationships/${id}`)
const list = (path: string) => admin.getJson<RelationshipList>(`/api/core/${path}`)

describe('creating', () => {
  test('relates two items, and says so in both documents', async () => {
    const [work, author] = [await make.publication(), await make.person('Smith', 'Jane')]
    const response = await create(work, author, '&rightwardValue=J.%20Smith')
    expect(response.status).toBe(201)
    const document = (await response.json()) as RelationshipDocument
    const self = `${server.api}/core/relationships/${document.id}`
    expect(response.headers.get('location')).toBe(self)
    expect(document).toEqual({
      id: document.id,
      leftPlace: 0,
      rightPlace: 0,
      rightwardValue: 'J. Smith',
      type: 'relationship',
      uniqueType: 'core.relationship',
      _links: {
        self: { href: self },
        leftItem: { href: uri(work) },
        rightItem: { href: uri(author) },
        relationshipType: { href: `${self}/relationshipType` },
      },
    })
    expect(await admin.getJson(self)).toEqual(document)
    expect(await admin.getJson(`${self}/relationshipType`)).toMatchObject({ id: TYPES.author })
    for (const item of [work, author]) {
      expect(idsIn(await list(`items/${item.id}/relationships`))).toEqual([document.id])
    }
  })

  test('puts each behind what is there', async () => {
    const [work, author] = [await make.publication(), await make.person('Busy', 'Bee')]
    await created(work, await make.person('First', 'A'))
    await created(await make.publication(), author)
    expect(await created(work, author)).toMatchObject({ leftPlace: 1, rightPlace: 1 })
  })

  test.each([
    ['one item', (work: Item) => [work]],
    ['three items', (work: Item, author: Item) => [work, author, author]],
    ['an item that is not there', (work: Item) => [work, { id: UNKNOWN }]],
    ['a collection', (work: Item) => [work, collection]],
  ])('refuses %s', async (_what, items) => {
    const [work, author] = [await make.publication(), await make.person('Not', 'Related')]
    const request = admin.post('/api/core/relationships?relationshipType=1', uris(...items(work, author)))
    expect((await refused(request)).status).toBe(422)
  })

  test.each([
    ['no type', '', 400, 'argument-invalid'],
    ['a type that is no number', '?relationshipType=x', 400, 'argument-invalid'],
    ['an unknown type', '?relationshipType=999', 422, 'REFERENCE_INVALID'],
    ['a type for other entities', `?relationshipType=${TYPES.volumeOfJournal}`, 400, 'RELATIONSHIP_INVALID'],
  ])('refuses %s', async (_what, query, status, code) => {
    const [work, author] = [await make.publication(), await make.person('Not', 'Related')]
    const request = admin.post(`/api/core/relationships${query}`, uris(work, author))
    expect(await refused(request)).toEqual({ status, code })
  })

  test('refuses items without entity type, or on the wrong sides', async () => {
    const [work, author] = [await make.publication(), await make.person('Not', 'Related')]
    const plain = await buildersFor(server.repository).item('Plain', collection.id)
    const invalid = { status: 400, code: 'RELATIONSHIP_INVALID' }
    expect(await refused(create(author, work))).toEqual(invalid)
    expect(await refused(create(work, plain))).toEqual(invalid)
    expect(
      await refused(admin.post('/api/core/relationships?relationshipType=1', { json: [] })),
    ).toMatchObject({
      status: 415,
    })
  })

  test('keeps to the numbers that a type allows, until one is deleted', async () => {
    const { database } = server.repository
    const { id: typeId } = await database.write
      .insertInto('relationship_type')
      .values({
        left_type_id: 2,
        right_type_id: 3,
        leftward_type: 'isReviewerOfPublication',
        rightward_type: 'isPublicationOfReviewer',
        left_min: 1,
        left_max: 2,
        right_min: null,
        right_max: 1,
        copy_to_left: false,
        copy_to_right: false,
        tilted: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const work = await make.publication()
    const people = [
      await make.person('A', 'A'),
      await make.person('B', 'B'),
      await make.person('C', 'C'),
    ] as const
    const review = (left: Item, right: Item) =>
      admin.post(`/api/core/relationships?relationshipType=${typeId}`, uris(left, right))
    const invalid = { status: 400, code: 'RELATIONSHIP_INVALID' }
    const first = (await (await review(work, people[0])).json()) as RelationshipDocument
    await review(work, people[1])
    expect(await refused(review(work, people[2]))).toEqual(invalid)
    expect(await refused(review(await make.publication(), people[0]))).toEqual(invalid)
    // One must stay.
    await admin.delete(`/api/core/relationships/${first.id}`)
    const [last] = idsIn(await list(`items/${work.id}/relationships`))
    expect(await refused(admin.delete(`/api/core/relationships/${last}`))).toEqual(invalid)
    const moved = admin.put(`/api/core/relationships/${last}/leftItem`, uris(await make.publication()))
    expect(await refused(moved)).toEqual(invalid)
  })
})

describe('names and places', () => {
  test('are replaced; names that are left out are gone, places stay', async () => {
    const work = await make.publication()
    const { id } = await created(
      work,
      await make.person('Smith', 'Jane'),
      '&leftwardValue=Work&rightwardValue=JS',
    )
    const put = async (json: unknown) => {
      const response = await admin.put(`/api/core/relationships/${id}`, { json })
      return (await response.json()) as RelationshipDocument
    }
    const changed = await put({
      leftPlace: 0,
      rightwardValue: 'Jane S.',
      leftwardValue: null,
      type: 'relationship',
    })
    expect(changed).toMatchObject({ rightwardValue: 'Jane S.' })
    expect(changed).not.toHaveProperty('leftwardValue')
    expect(await textsOf(admin, work, 'dc.contributor.author')).toEqual(['Jane S.'])
    expect(await put({ rightwardValue: ' ' })).not.toHaveProperty('rightwardValue')
    expect(await put({})).not.toHaveProperty('rightwardValue')
    expect(await textsOf(admin, work, 'dc.contributor.author')).toEqual(['Smith, Jane'])
  })

  test('move between own values, without gaps', async () => {
    const work = await make.publication('Ordered', 'Own, A', 'Own, B')
    const one = await created(work, await make.person('Rel', 'One'))
    const two = await created(work, await make.person('Rel', 'Two'))
    const authors = () => textsOf(admin, work, 'dc.contributor.author')
    const places = async () => [(await read(one.id)).leftPlace, (await read(two.id)).leftPlace]
    expect(await authors()).toEqual(['Own, A', 'Own, B', 'Rel, One', 'Rel, Two'])
    const move = (id: number, leftPlace: number) =>
      admin.put(`/api/core/relationships/${id}`, { json: { leftPlace } })
    await move(two.id, 0)
    expect(await authors()).toEqual(['Rel, Two', 'Own, A', 'Own, B', 'Rel, One'])
    expect(await places()).toEqual([3, 0])
    await move(two.id, 2)
    expect(await authors()).toEqual(['Own, A', 'Own, B', 'Rel, Two', 'Rel, One'])
    await move(one.id, 1)
    await move(two.id, -1)
    expect(await authors()).toEqual(['Own, A', 'Rel, One', 'Own, B', 'Rel, Two'])
    await move(one.id, 99)
    expect(await places()).toEqual([3, 2])
    expect(await refused(move(one.id, -2))).toEqual({ status: 422, code: 'INVALID' })
    expect(
      await refused(admin.put(`/api/core/relationships/${one.id}`, { json: { leftPlace: 'x' } })),
    ).toMatchObject({
      status: 400,
    })
  })

  test('close up when one is deleted', async () => {
    const work = await make.publication('Closing', 'Own, A')
    const people = await Promise.all(['One', 'Two', 'Three'].map((name) => make.person('Rel', name)))
    const related: RelationshipDocument[] = []
    for (const person of people) related.push(await created(work, person))
    await admin.delete(`/api/core/relationships/${related[0]?.id}`)
    const left = await list(`items/${work.id}/relationships`)
    expect(left._embedded?.relationships.map(({ leftPlace }) => leftPlace)).toEqual([1, 2])
    expect(await textsOf(admin, work, 'dc.contributor.author')).toEqual(['Own, A', 'Rel, Two', 'Rel, Three'])
  })
})

describe('putting another item in', () => {
  test('moves the relationship behind what that item has', async () => {
    const [from, to] = [await make.publication('From'), await make.publication('To', 'Own, A')]
    const [jane, joe] = [await make.person('Smith', 'Jane'), await make.person('Smith', 'Joe')]
    const moved = await created(from, jane)
    const stays = await created(from, joe)
    const response = await admin.put(`/api/core/relationships/${moved.id}/leftItem`, uris(to))
    expect(await response.json()).toMatchObject({
      id: moved.id,
      leftPlace: 1,
      _links: { leftItem: { href: uri(to) } },
    })
    expect(await textsOf(admin, from, 'dc.contributor.author')).toEqual(['Smith, Joe'])
    expect(await textsOf(admin, to, 'dc.contributor.author')).toEqual(['Own, A', 'Smith, Jane'])
    expect(await read(stays.id)).toMatchObject({ leftPlace: 0 })
    expect(await textsOf(admin, jane, 'relation.isPublicationOfAuthor')).toEqual([to.id])

    await admin.put(`/api/core/relationships/${moved.id}/rightItem`, uris(joe))
    expect(await textsOf(admin, to, 'dc.contributor.author')).toEqual(['Own, A', 'Smith, Joe'])
    expect(await textsOf(admin, jane, 'relation.isPublicationOfAuthor')).toEqual([])
    // The same item again changes nothing.
    const before = await read(moved.id)
    await admin.put(`/api/core/relationships/${moved.id}/rightItem`, uris(joe))
    expect(await read(moved.id)).toEqual(before)
  })

  test('takes exactly one item, which must be there and fit', async () => {
    const [work, author] = [await make.publication(), await make.person('A', 'B')]
    const { id } = await created(work, author)
    const put = (...items: { id: string }[]) =>
      refused(admin.put(`/api/core/relationships/${id}/leftItem`, uris(...items)))
    expect(await put()).toMatchObject({ status: 422 })
    expect(await put(work, work)).toEqual({ status: 422, code: 'one-uri-expected' })
    expect(await put({ id: UNKNOWN })).toEqual({ status: 422, code: 'REFERENCE_INVALID' })
    expect(await put(author)).toEqual({ status: 400, code: 'RELATIONSHIP_INVALID' })
    const unknown = admin.put('/api/core/relationships/999999/leftItem', uris(work))
    expect(await refused(unknown)).toEqual({ status: 404, code: 'NOT_FOUND' })
  })
})

describe('finding', () => {
  test('by label goes by the side that has the name, in the order of its places', async () => {
    const [work, author] = [await make.publication(), await make.person('Wanted', 'A')]
    const organisation = await make.entity('OrgUnit', 'Org', { 'organization.legalName': 'An Org' })
    const { id: second } = await created(work, author)
    const first = await make.relate(TYPES.orgUnitAuthor, work, organisation)
    await admin.put(`/api/core/relationships/${first.id}`, { json: { leftPlace: 0 } })
    const search = async (query: string) => idsIn(await list(`relationships/search/byLabel?${query}`))
    const ofWork = `label=isAuthorOfPublication&dso=${work.id}`
    expect(await search(ofWork)).toEqual([first.id, second])
    expect(await search(`${ofWork}&relatedEntityType=Person`)).toEqual([second])
    expect(await search(`${ofWork}&relatedEntityType=Journal`)).toEqual([])
    expect(await search(`label=isPublicationOfAuthor&dso=${work.id}`)).toEqual([])
    expect(await search(`label=isPublicationOfAuthor&dso=${author.id}`)).toEqual([second])
    expect(await search('label=isAuthorOfPublication&size=100')).toEqual(
      expect.arrayContaining([first.id, second]),
    )
    expect(await search('label=isNothing')).toEqual([])
    const embeds = 'embed=leftItem%2Fthumbnail&embed=rightItem%2Fthumbnail&embed=relationshipType'
    const page = await list(`relationships/search/byLabel?${ofWork}&page=0&size=5&${embeds}`)
    expect(page._embedded?.relationships[0]).toMatchObject({
      _embedded: {
        leftItem: { uuid: work.id },
        rightItem: { uuid: organisation.id },
        relationshipType: { id: 10 },
      },
    })
  })

  test('by label needs a label, and an entity', async () => {
    const plain = await buildersFor(server.repository).item('Plain', collection.id)
    const search = (query: string) => refused(list(`relationships/search/byLabel?${query}`))
    expect(await search('')).toEqual({ status: 400, code: 'argument-invalid' })
    expect(await search('label=isAuthorOfPublication&dso=x')).toEqual({
      status: 400,
      code: 'argument-invalid',
    })
    expect(await search(`label=isAuthorOfPublication&dso=${UNKNOWN}`)).toEqual({
      status: 404,
      code: 'NOT_FOUND',
    })
    expect(await search(`label=isAuthorOfPublication&dso=${plain.id}`)).toEqual({
      status: 422,
      code: 'INVALID',
    })
  })

  test('by items and type says which are related', async () => {
    const work = await make.publication()
    const people = [
      await make.person('A', 'A'),
      await make.person('B', 'B'),
      await make.person('C', 'C'),
    ] as const
    const { id } = await created(work, people[1])
    await created(await make.publication(), people[2])
    const path = 'relationships/search/byItemsAndType'
    const related = people.map((person) => `&relatedItem=${person.id}`).join('')
    const query = `?typeId=1&relationshipLabel=isAuthorOfPublication&focusItem=${work.id}`
    expect(idsIn(await list(`${path}${query}${related}`))).toEqual([id])
    const turned = `?typeId=1&relationshipLabel=isPublicationOfAuthor&focusItem=${people[1].id}&relatedItem=${work.id}`
    expect(idsIn(await list(path + turned))).toEqual([id])
    expect(idsIn(await list(`${path}${query.replace('typeId=1', 'typeId=999')}${related}`))).toEqual([])
    const wrong = query.replace('isAuthorOfPublication', 'isVolumeOfJournal') + related
    expect(await refused(list(path + wrong))).toEqual({ status: 422, code: 'INVALID' })
    for (const missing of [
      query,
      query.replace('typeId=1', 'typeId=x') + related,
      `${query.replace(work.id, 'x')}${related}`,
      `?typeId=1&focusItem=${work.id}${related}`,
      `${query}&relatedItem=x`,
    ]) {
      expect(await refused(list(path + missing))).toEqual({ status: 400, code: 'argument-invalid' })
    }
  })

  test('nothing where there is nothing', async () => {
    for (const path of ['999999', '999999/relationshipType', 'x']) {
      expect((await refused(admin.getJson(`/api/core/relationships/${path}`))).status).toBe(404)
    }
    expect(await refused(admin.put('/api/core/relationships/999999', { json: {} }))).toMatchObject({
      status: 404,
    })
    expect(await refused(admin.delete('/api/core/relationships/999999'))).toMatchObject({ status: 404 })
    expect(await refused(list(`items/${UNKNOWN}/relationships`))).toMatchObject({ status: 404 })
  })
})

describe('conditional requests', () => {
  test('go by the version of the relationship, which moves with its places', async () => {
    const work = await make.publication()
    const one = await created(work, await make.person('A', 'A'))
    const two = await created(work, await make.person('B', 'B'))
    const path = `/api/core/relationships/${one.id}`
    const etag = (await admin.get(path)).headers.get('etag') ?? ''
    expect((await admin.get(path, { headers: { 'if-none-match': etag } })).status).toBe(304)
    await admin.put(`/api/core/relationships/${two.id}`, { json: { leftPlace: 0 } })
    expect(await (await admin.get(path, { headers: { 'if-none-match': etag } })).json()).toMatchObject({
      leftPlace: 1,
    })
    const stale = { headers: { 'if-match': etag } }
    const precondition = { status: 412, code: 'VERSION_CONFLICT' }
    expect(await refused(admin.put(path, { json: {}, ...stale }))).toEqual(precondition)
    expect(await refused(admin.delete(path, stale))).toEqual(precondition)
    const fresh = (await admin.get(path)).headers.get('etag') ?? ''
    expect((await admin.delete(path, { headers: { 'if-match': fresh } })).status).toBe(204)
  })
})

test('all at once keep places without gaps, and lose nothing', async () => {
  const work = await make.publication('Crowded', 'Own, A')
  const people = await Promise.all(Array.from({ length: 16 }, (_, n) => make.person('Crowd', String(n))))
  const made = await Promise.all(people.map((person) => created(work, person)))
  const shown = await list(`items/${work.id}/relationships?size=100`)
  expect(shown._embedded?.relationships.map(({ leftPlace }) => leftPlace)).toEqual(
    people.map((_, n) => n + 1),
  )
  const ends = made.filter((_, n) => n % 4 === 0)
  const moves = made.filter((_, n) => n % 4 === 1)
  await Promise.all([
    ...ends.map(({ id }) => admin.delete(`/api/core/relationships/${id}`)),
    ...moves.map(({ id }) => admin.put(`/api/core/relationships/${id}`, { json: { leftPlace: 0 } })),
    ...people.slice(0, 3).map((person) => created(work, person)),
    server.repository.useCases.items.patch(SYSTEM_ACTOR, {
      id: work.id,
      expected: 'any',
      patch: [{ op: 'add', path: ['metadata', 'dc.contributor.author', '-'], value: 'Own, B' }],
    }),
  ])
  const left = (await list(`items/${work.id}/relationships?size=100`))._embedded?.relationships ?? []
  expect(left).toHaveLength(15)
  const names = await textsOf(admin, work, 'dc.contributor.author')
  expect(names).toHaveLength(17)
  const ownPlaces = names.flatMap((name, place) => (name.startsWith('Own') ? [place] : []))
  const places = [...left.map(({ leftPlace }) => leftPlace), ...ownPlaces].toSorted((a, b) => a - b)
  expect(places).toEqual(Array.from({ length: 17 }, (_, place) => place))
})
