import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ANONYMOUS_GROUP, type Actor } from '../../src/domain/access/actor.ts'
import { groupPolicy } from '../../src/domain/access/policy.ts'
import { metadataValue, type Metadata } from '../../src/domain/metadata/metadata.ts'
import { createItem } from '../../src/services/items/create-item.ts'
import { queryRecords, type RecordQueryInput } from '../../src/services/search/query-records.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

let repository: TestRepository
let anonymous: Actor
let query: (input: RecordQueryInput, actor?: Actor) => ReturnType<ReturnType<typeof queryRecords>>

const DOCUMENTS: Record<string, Metadata> = {
  tide: metadata('The tide at the deep-sea station', ['oceanography', 'tides'], '2019'),
  birds: metadata('Birds of the northern sea', ['birds', 'Oceanography'], '2020-05-01'),
  fishes: metadata('Fishes, birds and birds', ['birds', 'lakes'], '2021'),
  quotes: metadata(String.raw`O'Brien said: "back\slash" & (more) | !less <-> 100%`, [], '2022'),
  accents: metadata('Ærø naïve ÉTUDE 海', [], '2023'),
}

function metadata(title: string, subjects: readonly string[], issued: string): Metadata {
  return {
    'dc.title': [metadataValue(title)],
    ...(subjects.length > 0 && { 'dc.subject': subjects.map((subject) => metadataValue(subject)) }),
    'dc.date.issued': [metadataValue(issued)],
  }
}

beforeAll(async () => {
  repository = await testRepository()
  const collection = await repository.addCollection((await repository.addCommunity()).id)
  await repository.unitOfWork((tx) =>
    tx.policies.insert([groupPolicy(collection.id, 'DEFAULT_ITEM_READ', ANONYMOUS_GROUP)]),
  )
  for (const [name, metadata] of Object.entries(DOCUMENTS)) {
    await createItem(repository)(repository.administrator, {
      owningCollectionId: collection.id,
      metadata,
      identifiers: { pid: `test:${name}` },
    })
  }
  anonymous = await repository.reading.actors.anonymous()
  query = (input, actor = anonymous) => queryRecords(repository)(actor, input)
})

afterAll(() => repository.stop())

async function found(q: string, rest: Omit<RecordQueryInput, 'q'> = {}): Promise<string> {
  const { records, total } = await query({ q, sort: 'PID asc', ...rest })
  expect(total).toBe(records.length)
  return records.map(({ fields }) => fields['PID']?.[0]?.slice('test:'.length)).join(' ')
}

describe('what is found', () => {
  test.each([
    ['*:*', 'accents birds fishes quotes tide'],
    ['', ''],
    ['sea', 'birds tide'],
    ['SEA', 'birds tide'],
    ['dc.title:sea', 'birds tide'],
    ['dc.subject:sea', ''],
    ['dc.subject:oceanography', 'birds tide'],
    ['dc.nothing:sea', ''],
    ['nothing_s:sea', ''],
    ['sea birds', 'birds fishes tide'],
    ['sea AND birds', 'birds'],
    ['+sea -birds', 'tide'],
    ['-sea', 'accents fishes quotes'],
    ['(-sea)', 'accents fishes quotes'],
    ['birds AND (-sea)', ''],
    ['birds AND NOT sea', 'fishes'],
    ['dc.title:(+birds +fishes)', 'fishes'],
    ['"northern sea"', 'birds'],
    ['"sea northern"', ''],
    ['"birds sea"', ''],
    ['dc.title:"birds sea"~1', ''],
    ['dc.title:"birds sea"~3', 'birds'],
    ['dc.title:"sea northern"~2', 'birds'],
    ['dc.title:"deep sea"', 'tide'],
    ['dc.title:deep-sea', 'tide'],
    ['"tides oceanography"', ''],
    ['tid*', 'tide'],
    ['dc.title:Tid*', 'tide'],
    ['dc.subject:tide', ''],
    ['dc.title:b?rds', 'birds fishes'],
    ['b*s', 'birds fishes'],
    ['*shes', 'fishes'],
    ['dc.subject:*e?', 'fishes tide'],
    ['dc.subject:*', 'birds fishes tide'],
    ['dc.title:brids~1', 'birds fishes'],
    ['brid~', 'birds fishes quotes'],
    ['dc.title:brd~1', ''],
    ['dc.title:bird~0', ''],
    ['oceanographically~', ''],
    ['oceanografy~', 'birds tide'],
    ['ocaenograpy~', 'birds tide'],
    [`${'y'.repeat(300)}~`, ''],
    ['PID:"test:tide"', 'tide'],
    [String.raw`PID:test\:tide`, 'tide'],
    [String.raw`PID:TEST\:tide`, ''],
    [String.raw`PID:test\:*`, 'accents birds fishes quotes tide'],
    [String.raw`PID:*i*s`, 'birds fishes'],
    ['PID:["test:b" TO "test:g"]', 'birds fishes'],
    ['PID:{"test:birds" TO *]', 'fishes quotes tide'],
    ['dc.date.issued:[2020 TO 2021]', 'birds fishes'],
    ['dc.date.issued:[2020 TO 2021}', 'birds'],
    ['dc.nothing:[* TO *]', ''],
    ['fgs_state_s:Active', 'accents birds fishes quotes tide'],
    ['fgs_state_s:active', ''],
    ['fgs_createdDate_dt:[NOW-1DAY TO *]', 'accents birds fishes quotes tide'],
    ['fgs_createdDate_dt:{* TO 2026-11-21T12:00:00Z}', ''],
    ['fgs_createdDate_dt:"2026-11-21T12:00:00Z"', 'accents birds fishes quotes tide'],
    ['fgs_label_s:"Birds of the northern sea"', 'birds'],
    ["dc.title:O'Brien", 'quotes'],
    [String.raw`dc.title:"back\\slash"`, 'quotes'],
    [String.raw`dc.title:\!less`, 'quotes'],
    [`dc.title:o\\'b*`, ''],
    ['dc.title:ÆRØ', 'accents'],
    ['étude', 'accents'],
    ['dc.title:na?ve', 'accents'],
    ['dc.title:海', 'accents'],
    ['dc.title:"!!"', ''],
    ["dc.title:'", ''],
    ['birds^3 OR tide^0.5', 'birds fishes tide'],
  ])('%s', async (q, names) => {
    expect(await found(q, { fq: ['-RELS_EXT_hasModel_uri_ms:*'] })).toBe(names)
  })

  test('filters narrow what is found, each for itself', async () => {
    expect(await found('birds', { fq: ['sea', 'dc.subject:birds'] })).toBe('birds')
    expect(await found('birds', { fq: ['-sea'] })).toBe('fishes')
  })

  test('clauses can be joined by AND', async () => {
    expect(await found('sea birds', { operator: 'AND' })).toBe('birds')
  })

  test('a place that is no date is told', async () => {
    await expect(query({ q: 'x fgs_createdDate_dt:[2020 TO *]' })).rejects.toMatchObject({
      code: 'QUERY_INVALID',
      data: { at: 22 },
    })
  })
})

const mark = (...values: readonly string[]) => Buffer.from(JSON.stringify(values)).toString('base64url')

describe('the order', () => {
  const pids = async (input: RecordQueryInput) =>
    (await query(input)).records.map(({ fields }) => fields['PID']?.[0])

  test('is by how well it fits, which boosts change', async () => {
    expect((await pids({ q: 'birds' }))[0]).toBe('test:fishes')
    expect((await pids({ q: 'birds northern^20' }))[0]).toBe('test:birds')
  })

  test('is by fields, those without a value last', async () => {
    const items = ['dc.date.issued:*']
    expect(await pids({ q: '*:*', fq: items, sort: 'dc.date.issued desc', rows: 2 })).toEqual([
      'test:accents',
      'test:quotes',
    ])
    expect((await pids({ q: '*:*', fq: items, sort: 'dc.subject ASC,PID desc' })).slice(-2)).toEqual([
      'test:quotes',
      'test:accents',
    ])
  })

  test.each([
    'score desc',
    'dc.subject asc',
    'dc.subject desc, fgs_createdDate_dt asc',
    'PID desc',
    'PID desc, fgs_label_s asc',
    'fgs_lastModifiedDate_dt desc, score asc',
    'fgs_label_s asc',
  ])('by %s: pages, and marks, tell every record once', async (sort) => {
    const whole = await pids({ q: '*:* birds', sort })
    const paged: unknown[] = []
    for (let start = 0; start < whole.length; start += 2) {
      paged.push(...(await pids({ q: '*:* birds', sort, start, rows: 2 })))
    }
    expect(paged).toEqual(whole)
    const marked: unknown[] = []
    for (let mark = '*'; ;) {
      const { records, nextMark, total } = await query({ q: '*:* birds', sort, cursorMark: mark, rows: 2 })
      expect(total).toBe(whole.length)
      marked.push(...records.map(({ fields }) => fields['PID']?.[0]))
      if (nextMark === undefined || nextMark === mark) break
      mark = nextMark
    }
    expect(marked).toEqual(whole)
  })

  test.each([
    [{ sort: 'PID' }, 'sort'],
    [{ sort: 'PID up' }, 'sort'],
    [{ rows: -1 }, 'rows'],
    [{ rows: 100_000 }, 'rows'],
    [{ start: 0.5 }, 'start'],
    [{ start: 1, cursorMark: '*' }, 'start'],
    [{ cursorMark: 'nonsense' }, 'cursorMark'],
    [{ cursorMark: 'WyJhIl0' }, 'cursorMark'],
    [{ cursorMark: mark('a', 'b') }, 'cursorMark'],
    [{ cursorMark: mark('1', '\0') }, 'cursorMark'],
    [{ sort: 'fgs_createdDate_dt asc', cursorMark: mark('2020-99-99', 'b') }, 'cursorMark'],
    [{ sort: 'a\0 asc' }, 'sort'],
    [{ facets: { fields: ['\0'] } }, 'facet.field'],
    [{ facets: { limit: 1.5 } }, 'facet.limit'],
    [{ facets: { fields: Array.from({ length: 51 }, () => 'dc.title') } }, 'facet.field'],
    [{ facets: { queries: Array.from({ length: 51 }, () => 'tide') } }, 'facet.query'],
  ])('%j is refused', async (input, field) => {
    await expect(query({ q: '*:*', ...input })).rejects.toMatchObject({ code: 'INVALID', data: { field } })
  })
})

test('facets count what is found', async () => {
  const { facets } = await query({
    q: 'birds OR tide',
    facets: {
      queries: ['sea', 'dc.subject:birds'],
      fields: ['dc.subject', 'nothing_s'],
      minimumCount: 1,
      limit: 2,
    },
  })
  expect(facets).toEqual({
    queries: [2, 2],
    fields: [
      {
        field: 'dc.subject',
        values: [
          { value: 'birds', count: 2 },
          { value: 'Oceanography', count: 1 },
        ],
      },
      { field: 'nothing_s', values: [] },
    ],
  })
})

test('the fields asked for are told, and what was found is marked', async () => {
  const { records, highlights } = await query({
    q: 'dc.title:northern OR fgs_label_s:x',
    fields: ['PID', 'dc.t*'],
    highlight: { fields: ['dc.*'] },
  })
  expect(records.map(({ fields }) => fields)).toEqual([
    { PID: ['test:birds'], 'dc.title': ['Birds of the northern sea'] },
  ])
  expect(highlights).toEqual([{ 'dc.title': ['Birds of the <em>northern</em> sea'] }])
})

test('what is withdrawn is found by administrators, under its state', async () => {
  const collection = await repository.addCollection((await repository.addCommunity()).id)
  const item = await createItem(repository)(repository.administrator, {
    owningCollectionId: collection.id,
    metadata: metadata('Zebra', [], '2024'),
  })
  await repository.unitOfWork(async (tx) => {
    const found = await tx.items.find(item.id)
    if (found !== undefined) await tx.items.update({ ...found.value, withdrawn: true })
  })
  expect((await query({ q: 'zebra fgs_state_s:Deleted' })).total).toBe(0)
  expect((await query({ q: '+zebra +fgs_state_s:Deleted' }, repository.administrator)).total).toBe(1)
})
