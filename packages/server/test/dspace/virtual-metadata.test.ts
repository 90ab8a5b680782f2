import type { DSpaceSession } from '@hexapla/client'
import { SYSTEM_ACTOR, type Collection, type Item } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { entitiesFor, textsOf, TYPES, valuesOf } from './entities.ts'
import { refused } from './refused.ts'
import { readsIn } from './statements.ts'

/** What items show of the items that they are related to. */

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

const AUTHORS = 'dc.contributor.author'
const path = (item: Item) => `/api/core/items/${item.id}`
const patch = (item: Item, ...operations: readonly unknown[]) => admin.patch(path(item), { json: operations })
const rename = (item: Item, field: string, value: string) =>
  patch(item, { op: 'replace', path: `/metadata/${field}`, value: [{ value }] })
const etagOf = async (item: Item) => (await admin.get(path(item))).headers.get('etag') ?? ''
const authors = (item: Item) => textsOf(admin, item, AUTHORS)

/** What the database has as an item's own. */
async function storedIn(item: Item): Promise<Record<string, { value: string; authority: string | null }[]>> {
  const { metadata } = await server.repository.database.write
    .selectFrom('record')
    .select('metadata')
    .where('id', '=', item.id)
    .executeTakeFirstOrThrow()
  return metadata as never
}

describe('an item shows', () => {
  test('the names of related items among its own values, and their uuids', async () => {
    const work = await make.publication('Shown', 'Own, A')
    const author = await make.entity('Person', 'Smith, Jane', {
      'person.familyName': 'Smith',
      'person.givenName': 'Jane',
      'person.identifier.orcid': '0000-0002-1825-0097',
    })
    const { id } = await make.relate(TYPES.author, work, author)
    const shown = (value: string, place: number) => ({
      value,
      language: null,
      authority: `virtual::${id}`,
      confidence: -1,
      place,
    })
    expect(await valuesOf(admin, work, AUTHORS)).toMatchObject([
      { value: 'Own, A', authority: null, place: 0 },
      shown('Smith, Jane', 1),
    ])
    expect(await valuesOf(admin, work, 'person.identifier.orcid')).toEqual([shown('0000-0002-1825-0097', 0)])
    expect(await valuesOf(admin, work, 'dspace.relatedentity.type')).toEqual([shown('Person', 0)])
    for (const field of [
      'relation.isAuthorOfPublication',
      'relation.isAuthorOfPublication.latestForDiscovery',
    ]) {
      expect(await valuesOf(admin, work, field)).toEqual([shown(author.id, 0)])
    }
    expect(await valuesOf(admin, author, 'relation.isPublicationOfAuthor')).toEqual([shown(work.id, 0)])
    expect(Object.keys(await storedIn(work))).not.toContain('relation.isAuthorOfPublication')
    expect((await storedIn(work))[AUTHORS]).toMatchObject([{ value: 'Own, A' }])
  })

  test('the name that the relationship gives in place of its own', async () => {
    const [work, author] = [await make.publication(), await make.person('Smith', 'Jane')]
    await make.relate(TYPES.author, work, author, { leftwardValue: 'not this', rightwardValue: 'Jane S.' })
    expect(await authors(work)).toEqual(['Jane S.'])
  })

  test('what comes from further away, along the way of a journal', async () => {
    const journal = await make.entity('Journal', 'Annals', { 'creativeworkseries.issn': '1234-5678' })
    const volume = await make.entity('JournalVolume', 'Volume 7', { 'publicationvolume.volumeNumber': '7' })
    const issue = await make.entity('JournalIssue', 'Issue 2', { 'publicationissue.issueNumber': '2' })
    const article = await make.publication('Article')
    const toIssue = await make.relate(TYPES.publicationOfIssue, issue, article)
    await make.relate(TYPES.issueOfVolume, volume, issue)
    expect(await textsOf(admin, article, 'journal.title')).toEqual([])
    const before = await etagOf(article)
    // Neither end of this one is an end of the article's.
    const { id } = await make.relate(TYPES.volumeOfJournal, journal, volume)
    expect(await etagOf(article)).not.toBe(before)
    expect(await valuesOf(admin, article, 'journal.title')).toMatchObject([
      { value: 'Annals', authority: `virtual::${toIssue.id}` },
    ])
    expect(await textsOf(admin, article, 'creativeworkseries.issn')).toEqual(['1234-5678'])
    expect(await textsOf(admin, article, 'journalvolume.identifier.name')).toEqual(['Volume 7'])
    expect(await textsOf(admin, article, 'relation.isJournalOfPublication')).toEqual([journal.id])
    expect(await textsOf(admin, issue, 'publicationvolume.volumeNumber')).toEqual(['7'])

    await rename(journal, 'dc.title', 'Annals of Everything')
    expect(await textsOf(admin, article, 'journal.title')).toEqual(['Annals of Everything'])
    expect(await textsOf(admin, issue, 'journal.title')).toEqual(['Annals of Everything'])
    await admin.delete(`/api/core/relationships/${id}`)
    expect(await textsOf(admin, article, 'journal.title')).toEqual([])
    expect(await textsOf(admin, article, 'journalvolume.identifier.name')).toEqual(['Volume 7'])
  })

  test('nothing while it is no entity, or of another type', async () => {
    const [work, author] = [await make.publication(), await make.person('Smith', 'Jane')]
    await make.relate(TYPES.author, work, author)
    const type = (value: string) => rename(work, 'dspace.entity.type', value)
    const answer = (await (await type('Dataset')).json()) as { metadata: Record<string, unknown> }
    expect(Object.keys(answer.metadata)).not.toContain(AUTHORS)
    expect(await authors(work)).toEqual([])
    await type('Publication')
    expect(await authors(work)).toEqual(['Smith, Jane'])
  })

  test('no relationship that is tilted to the other side', async () => {
    const { id: typeId } = await server.repository.database.write
      .insertInto('relationship_type')
      .values({
        left_type_id: 2,
        right_type_id: 4,
        leftward_type: 'isSeriesOfPublication',
        rightward_type: 'isPublicationOfSeries',
        left_min: null,
        left_max: null,
        right_min: null,
        right_max: null,
        copy_to_left: false,
        copy_to_right: false,
        tilted: 'left',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const [work, series] = [await make.publication(), await make.entity('Project', 'Series')]
    await make.relate(typeId, work, series)
    expect(await textsOf(admin, work, 'relation.isSeriesOfPublication')).toEqual([series.id])
    expect(await textsOf(admin, series, 'relation.isPublicationOfSeries')).toEqual([])
    const total = async (item: Item) =>
      (await admin.getJson<{ page: { totalElements: number } }>(`${path(item)}/relationships`)).page
        .totalElements
    expect([await total(work), await total(series)]).toEqual([1, 0])
    const embedded = await admin.getJson<{ _embedded: { relationships: { page: unknown } } }>(
      `${path(series)}?embed=relationships`,
    )
    expect(embedded._embedded.relationships.page).toMatchObject({ totalElements: 0 })
  })
})

describe('a related item’s change', () => {
  test('is a change of the item that shows it, and only then', async () => {
    const [work, author] = [await make.publication(), await make.person('Smith', 'Jane')]
    await make.relate(TYPES.author, work, author)
    const before = await etagOf(work)
    await rename(author, 'dc.description', 'not shown anywhere')
    expect((await admin.get(path(work), { headers: { 'if-none-match': before } })).status).toBe(304)
    const modified = await admin.getJson<{ lastModified: string }>(path(work))
    await rename(author, 'person.givenName', 'Joan')
    const response = await admin.get(path(work), { headers: { 'if-none-match': before } })
    expect(response.status).toBe(200)
    expect(await authors(work)).toEqual(['Smith, Joan'])
    const after = await admin.getJson<{ lastModified: string }>(path(work))
    expect(after.lastModified > modified.lastModified).toBe(true)
    const stale = {
      headers: { 'if-match': before },
      json: [{ op: 'add', path: '/metadata/dc.type', value: 'x' }],
    }
    expect(await refused(admin.patch(path(work), stale))).toEqual({ status: 412, code: 'VERSION_CONFLICT' })
  })

  test('takes its place with it when there is no name any more', async () => {
    const work = await make.publication('Nameless', 'Own, A')
    const [one, two] = [await make.person('One', 'A'), await make.person('Two', 'B')]
    await make.relate(TYPES.author, work, one)
    await make.relate(TYPES.author, work, two)
    await patch(
      one,
      { op: 'remove', path: '/metadata/person.familyName' },
      { op: 'remove', path: '/metadata/person.givenName' },
    )
    expect(await authors(work)).toEqual(['Own, A', 'Two, B'])
    await patch(work, { op: 'add', path: `/metadata/${AUTHORS}/-`, value: { value: 'Own, B' } })
    await rename(one, 'person.familyName', 'Back')
    expect(await authors(work)).toEqual(['Own, A', 'Back', 'Two, B', 'Own, B'])
  })

  test('is there as soon as the answer to it, also in the document that was kept', async () => {
    const [work, author] = [await make.publication(), await make.person('Fast', '0')]
    await make.relate(TYPES.author, work, author)
    for (let round = 1; round <= 5; round += 1) {
      await rename(author, 'person.givenName', String(round))
      expect(await authors(work)).toEqual([`Fast, ${round}`])
    }
  })
})

describe('a patch', () => {
  const invalid = { status: 422, code: 'PATCH_INVALID' }
  let work: Item
  let relationship: { readonly id: number }
  const leftPlace = async () =>
    (await admin.getJson<{ leftPlace: number }>(`/api/core/relationships/${relationship.id}`)).leftPlace

  async function prepare(): Promise<void> {
    work = await make.publication('Patched', 'Own, A', 'Own, B')
    relationship = await make.relate(TYPES.author, work, await make.person('Smith', 'Jane'))
    await admin.put(`/api/core/relationships/${relationship.id}`, { json: { leftPlace: 1 } })
    expect(await authors(work)).toEqual(['Own, A', 'Smith, Jane', 'Own, B'])
  }

  test.each([
    ['replace', { op: 'replace', path: `/metadata/${AUTHORS}/1`, value: { value: 'x' } }],
    ['change a property of', { op: 'replace', path: `/metadata/${AUTHORS}/1/value`, value: 'x' }],
    ['give a language to', { op: 'replace', path: `/metadata/${AUTHORS}/1/language`, value: 'de' }],
    ['remove', { op: 'remove', path: `/metadata/${AUTHORS}/1` }],
    ['copy', { op: 'copy', from: `/metadata/${AUTHORS}/1`, path: `/metadata/${AUTHORS}/-` }],
    ['remove the uuid of', { op: 'remove', path: '/metadata/relation.isAuthorOfPublication/0' }],
    [
      'pretend',
      { op: 'add', path: `/metadata/${AUTHORS}/-`, value: { value: 'x', authority: 'virtual::1' } },
    ],
  ])('cannot %s a value of a related item; nothing changes', async (_what, operation) => {
    await prepare()
    const before = await admin.getJson(path(work))
    const request = patch(work, { op: 'add', path: '/metadata/dc.type/-', value: { value: 'x' } }, operation)
    expect(await refused(request)).toEqual(invalid)
    expect(await admin.getJson(path(work))).toEqual(before)
  })

  test('moves the relationship with its value', async () => {
    await prepare()
    const response = await patch(work, {
      op: 'move',
      from: `/metadata/${AUTHORS}/1`,
      path: `/metadata/${AUTHORS}/0`,
    })
    const document = (await response.json()) as { metadata: Record<string, { value: string }[]> }
    expect(document.metadata[AUTHORS]?.map(({ value }) => value)).toEqual(['Smith, Jane', 'Own, A', 'Own, B'])
    expect(response.headers.get('etag')).toBe(await etagOf(work))
    expect(await leftPlace()).toBe(0)
  })

  test('of own values moves the relationships behind them', async () => {
    await prepare()
    await patch(work, { op: 'remove', path: `/metadata/${AUTHORS}/0` })
    expect(await authors(work)).toEqual(['Smith, Jane', 'Own, B'])
    expect(await leftPlace()).toBe(0)
    await patch(work, { op: 'add', path: `/metadata/${AUTHORS}/0`, value: { value: 'Own, C' } })
    await patch(work, { op: 'replace', path: `/metadata/${AUTHORS}/2`, value: { value: 'Own, D' } })
    expect(await authors(work)).toEqual(['Own, C', 'Smith, Jane', 'Own, D'])
    expect(await leftPlace()).toBe(1)
    await patch(work, { op: 'add', path: `/metadata/${AUTHORS}`, value: { value: 'Own, E' } })
    expect(await authors(work)).toEqual(['Own, E', 'Own, C', 'Smith, Jane', 'Own, D'])
  })

  test('of all values of a field is about own ones', async () => {
    await prepare()
    await patch(work, { op: 'remove', path: `/metadata/${AUTHORS}` })
    expect(await authors(work)).toEqual(['Smith, Jane'])
    expect(await leftPlace()).toBe(0)
    const sentBack = [...(await valuesOf(admin, work, AUTHORS)), { value: 'Own, A' }]
    await patch(work, { op: 'replace', path: `/metadata/${AUTHORS}`, value: sentBack })
    expect(await authors(work)).toEqual(['Smith, Jane', 'Own, A'])
    expect((await storedIn(work))[AUTHORS]).toMatchObject([{ value: 'Own, A', authority: null }])
  })

  test('may test for them', async () => {
    await prepare()
    const operation = { op: 'test', path: `/metadata/${AUTHORS}/1/value`, value: 'Smith, Jane' }
    expect((await patch(work, operation)).status).toBe(200)
  })

  test('or a document that is sent back takes nothing over', async () => {
    await prepare()
    const document = await admin.getJson<Record<string, unknown>>(path(work))
    const response = await admin.put(path(work), { json: document })
    expect(await response.json()).toMatchObject({ metadata: document['metadata'] })
    expect((await storedIn(work))[AUTHORS]).toHaveLength(2)
    expect(await storedIn(work)).not.toHaveProperty(['relation.isAuthorOfPublication'])
    const created = await admin.post(`/api/core/items?owningCollection=${collection.id}`, { json: document })
    const copy = (await created.json()) as { metadata: Record<string, unknown[]> }
    expect(copy.metadata[AUTHORS]).toHaveLength(2)
  })
})

describe('statements', () => {
  test('an item that shows others costs as many as any; a page with its relationships always the same', async () => {
    const work = await make.publication('Costly')
    for (let number = 0; number < 6; number += 1) {
      await make.relate(TYPES.author, work, await make.person('Cost', String(number)))
    }
    const cost = async (address: string) => {
      // Who everybody is, is asked anew after a change.
      await fetch(`${server.api}/core/entitytypes`)
      return readsIn(server, async () => {
        expect((await fetch(`${server.api}/core/${address}`)).status).toBe(200)
      })
    }
    expect(await cost(`items/${work.id}`)).toBe(1)
    const embeds = 'embed=leftItem/thumbnail&embed=rightItem/thumbnail&embed=relationshipType/leftType'
    const page = (size: number) =>
      cost(`relationships/search/byLabel?label=isAuthorOfPublication&dso=${work.id}&size=${size}&${embeds}`)
    expect(await page(6)).toBe(await page(2))
    const item = (size: number) =>
      cost(`items/${work.id}?embed=relationships/relationshipType&embed.size=relationships=${size}`)
    expect(await item(6)).toBe(await item(2))
  })
})

test('names and relationships that change at the same time agree in the end', async () => {
  const journal = await make.entity('Journal', 'J 0')
  const volume = await make.entity('JournalVolume', 'V')
  const author = await make.person('At Once', '0')
  const articles = await Promise.all(
    Array.from({ length: 4 }, async (_, number) => ({
      article: await make.publication(`A ${number}`),
      issue: await make.entity('JournalIssue', `I ${number}`),
    })),
  )
  const books = await Promise.all(Array.from({ length: 4 }, (_, number) => make.publication(`B ${number}`)))
  const { items } = server.repository.useCases
  const change = (item: Item, field: string, value: string) =>
    items.patch(SYSTEM_ACTOR, {
      id: item.id,
      expected: 'any',
      patch: [{ op: 'replace', path: ['metadata', field], value: [{ value }] }],
    })
  await Promise.all([
    ...[...articles.map(({ article }) => article), ...books].map((work) =>
      make.relate(TYPES.author, work, author),
    ),
    ...articles.map(({ article, issue }) => make.relate(TYPES.publicationOfIssue, issue, article)),
    ...articles.map(({ issue }) => make.relate(TYPES.issueOfVolume, volume, issue)),
    make.relate(TYPES.volumeOfJournal, journal, volume),
    change(author, 'person.givenName', '1'),
    change(journal, 'dc.title', 'J 1'),
  ])
  for (const { article } of articles) {
    expect(await authors(article)).toEqual(['At Once, 1'])
    expect(await textsOf(admin, article, 'journal.title')).toEqual(['J 1'])
  }
  for (const book of books) expect(await authors(book)).toEqual(['At Once, 1'])
  expect(await textsOf(admin, author, 'relation.isPublicationOfAuthor')).toHaveLength(8)
})
