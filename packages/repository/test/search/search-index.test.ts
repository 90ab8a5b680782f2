import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ANONYMOUS_GROUP } from '../../src/domain/access/actor.ts'
import { allows, type AccessFacts } from '../../src/domain/access/allows.ts'
import { groupPolicy } from '../../src/domain/access/policy.ts'
import { grantsOf } from '../../src/domain/access/grants.ts'
import { metadataValue } from '../../src/domain/metadata/metadata.ts'
import type { Item } from '../../src/domain/records/record.ts'
import { entryJobs } from '../../src/jobs/entry-jobs.ts'
import { handleJob } from '../../src/jobs/outbox-worker.ts'
import { postgresOutbox } from '../../src/postgres/outbox/postgres-outbox.ts'
import { createItem } from '../../src/services/items/create-item.ts'
import { queryRecords } from '../../src/services/search/query-records.ts'
import { catchUpIndex } from '../../src/services/search/catch-up-index.ts'
import { completeSearchIndex, rebuildSearchIndex } from '../../src/services/search/rebuild-search-index.ts'
import { searchRecords } from '../../src/services/search/search-records.ts'
import { DAYS, generateWorld } from '../_support/access-world.ts'
import { chance } from '../_support/random.ts'
import { NO_FILES, NOW, testRepository, type TestRepository } from '../_support/test-repository.ts'

let repository: TestRepository
let collections: readonly string[]

beforeAll(async () => {
  repository = await testRepository()
  const community = await repository.addCommunity()
  collections = [
    (await repository.addCollection(community.id)).id,
    (await repository.addCollection(community.id)).id,
    (await repository.addCollection(community.id)).id,
  ]
})

afterAll(() => repository.stop())

function catchUp(): Promise<void> {
  return catchUpIndex({ ...repository, contents: NO_FILES })(() => true)
}

/** Entries that are not what a fresh look at their records gives. */
async function stale(): Promise<readonly unknown[]> {
  await catchUp()
  const result = await sql`
    with fresh as (
      select f.* from search_entries_of(array(select id from record)) f
    )
    select coalesce(e.id, f.id) as id, to_jsonb(e) - 'words' - 'terms' as entry, to_jsonb(f) - 'words' - 'terms' as fresh
    from search_entry e full join fresh f using (id)
    where (to_jsonb(e) - 'indexed_at') is distinct from (to_jsonb(f) - 'indexed_at')
    union all
    select coalesce(a.id, f.id), to_jsonb(a), to_jsonb(f)
    from search_access a full join search_access_of(array(select id from record)) f using (id)
    where to_jsonb(a) is distinct from to_jsonb(f)
  `.execute(repository.database.write)
  return result.rows
}

function addItem(title: string, submitterId: string | null = null): Promise<Item> {
  const actor = { ...repository.administrator, personId: submitterId }
  const metadata = { 'dc.title': [metadataValue(title)] }
  return createItem(repository)(actor, { owningCollectionId: collections[0] ?? '', metadata })
}

async function count(q: string): Promise<number> {
  return (await queryRecords(repository)(repository.administrator, { q, rows: 0 })).total
}

async function collect<T>(from: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = []
  for await (const one of from) collected.push(one)
  return collected
}

describe('the index is in step', () => {
  test('with every kind of write, many at once', async () => {
    const person = await repository.addPerson('owner@example.org')
    const items = await Promise.all(Array.from({ length: 6 }, (_, index) => addItem(`Item ${index}`, person)))
    const luck = chance(7)
    const write = async (step: number): Promise<void> => {
      const { id } = luck.of(items)
      const collectionId = luck.of(collections)
      const kind = luck.integer(10)
      await repository.unitOfWork(async (tx) => {
        const item = (await tx.items.find(id))?.value
        if (item === undefined) return
        if (kind === 0) await tx.items.map(id, collectionId)
        else if (kind === 1) await tx.items.unmap(id, collectionId)
        else if (kind === 2) await tx.objects.setOwnerName(id, luck.of([null, `Owner ${step}`]))
        else if (kind === 3) await tx.objects.setModels(id, [`test:model${step}`])
        else if (kind === 4) await tx.items.update({ ...item, owningCollectionId: collectionId })
        else if (kind === 6) await tx.policies.insert([groupPolicy(id, 'READ', ANONYMOUS_GROUP)])
        else if (kind === 7) await tx.policies.switchAction([id], 'READ', 'WITHDRAWN_READ')
        else if (kind === 5) await tx.items.update({ ...item, withdrawn: !item.withdrawn })
        else if (kind === 9)
          await tx.items.update({ ...item, modifiedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, step)) })
        else {
          await tx.items.update({ ...item, metadata: { 'dc.title': [metadataValue(`Title ${step}`)] } })
        }
      })
    }
    for (let round = 0; round < 15; round += 1) {
      await Promise.all([
        ...Array.from({ length: 8 }, (_, index) => write(round * 8 + index)),
        catchUp(),
        sql`select refresh_search(array(select id from record))`.execute(repository.database.write),
      ])
    }
    expect(await stale()).toEqual([])
    await repository.unitOfWork(async (tx) => {
      const found = await tx.people.find(person)
      if (found === undefined) throw new Error('The owner is gone')
      await tx.people.update({ ...found, metadata: { 'eperson.lastname': [metadataValue('Lovelace')] } })
      await tx.collections.deleteTree(collections[2] ?? '')
    })
    expect(await stale()).toEqual([])
  })

  test('a write is found by the next query, a deletion is not', async () => {
    const item = await addItem('Quokka')
    expect(await count('dc.title:quokka')).toBe(1)
    await repository.unitOfWork((tx) =>
      tx.items.update({ ...item, metadata: { 'dc.title': [metadataValue('Numbat')] } }),
    )
    expect([await count('quokka'), await count('numbat')]).toEqual([0, 1])
    await repository.unitOfWork((tx) => tx.items.delete(item.id))
    expect(await count('numbat')).toBe(0)
  })

  test('what is hidden in a record is not found, and not told', async () => {
    const hidden = { 'dc.description.provenance': [metadataValue('Made available by quagga@example.org')] }
    await createItem(repository)(repository.administrator, {
      owningCollectionId: collections[0] ?? '',
      metadata: { 'dc.title': [metadataValue('Thylacine')], ...hidden },
    })
    const { records } = await queryRecords(repository)(repository.administrator, { q: 'thylacine' })
    expect(JSON.stringify(records)).not.toContain('quagga')
    expect(await count('quagga@example.org OR dc.description.provenance:*')).toBe(0)
    const page = { number: 0, size: 10 }
    const search = searchRecords(repository)
    expect(
      (await search(repository.administrator, { kinds: ['item'], words: 'quagga@example.org' }, page)).total,
    ).toBe(0)
  })

  test.each([40_000, 400_000])('metadata of any characters and of %i words are indexed', async (length) => {
    const words = Array.from({ length }, (_, index) => `w${(index * 7919).toString(36)}`).join(' ')
    const item = await createItem(repository)(repository.administrator, {
      owningCollectionId: collections[0] ?? '',
      metadata: {
        'dc.title': [
          metadataValue(String.raw`Okapi 'quoted' \ "twice" : & | ! <-> (x) * ${'y'.repeat(3000)}`),
        ],
        'dc.description.abstract': [metadataValue(words)],
        'dc.subject': [metadataValue('')],
      },
    })
    expect(await count(`okapi AND PID:"${item.pid}"`)).toBe(1)
  })
})

test('who may no longer read a record does not find it, however far its entry is behind', async () => {
  const item = await addItem('Kakapo')
  await repository.unitOfWork((tx) => tx.policies.insert([groupPolicy(item.id, 'READ', ANONYMOUS_GROUP)]))
  await catchUp()
  await repository.unitOfWork(async (tx) => {
    await tx.items.update({ ...item, metadata: { 'dc.title': [metadataValue('Kea')] }, withdrawn: true })
    await tx.policies.remove([item.id])
  })
  const nobodyWaits = () => false
  await catchUpIndex({ ...repository, contents: NO_FILES })(nobodyWaits)
  const { rows } = await sql`
    select e.label, a.listed, a.reader_groups from search_entry e join search_access a using (id) where e.id = ${item.id}::uuid
  `.execute(repository.database.write)
  expect(rows).toEqual([{ label: 'Kakapo', listed: false, reader_groups: [] }])
  expect([await count('kakapo'), await count('kea')]).toEqual([0, 1])
})

test('an entry that cannot be written keeps no other one back, and is tried again', async () => {
  const { write } = repository.database
  await sql`alter table search_entry add constraint spoilt check (label <> 'Aurochs')`.execute(write)
  await addItem('Aurochs')
  await addItem('Moa')
  expect([await count('aurochs'), await count('moa')]).toEqual([0, 1])
  await sql`alter table search_entry drop constraint spoilt`.execute(write)
  const handlers = entryJobs({ ...repository, contents: NO_FILES })
  const done = await postgresOutbox(write).next((job) => handleJob(handlers, job), {
    topics: Object.keys(handlers),
    delay: () => 0,
  })
  expect(done).toMatchObject({ kind: 'done', job: { topic: 'entry-missing' } })
  expect(await count('aurochs')).toBe(1)
})

describe('the index is written anew', () => {
  test('where entries are missing', async () => {
    await sql`delete from search_entry where kind = 'item'`.execute(repository.database.write)
    expect(await count('okapi')).toBe(0)
    const progress = await collect(completeSearchIndex(repository)())
    expect(progress.at(-1)?.done).toBeGreaterThan(0)
    expect(await stale()).toEqual([])
    expect(await collect(completeSearchIndex(repository)())).toEqual([])
  })

  test('as a whole, gone on with after an interruption, while records are written', async () => {
    for (let index = 0; index < 5; index += 1) await addItem(`Dodo ${index}`)
    await sql`update search_entry set fields = '{}', words = '', terms = ''`.execute(
      repository.database.write,
    )
    const rebuild = rebuildSearchIndex(repository)
    for await (const { total } of rebuild(repository.administrator)) {
      expect(total).toBeGreaterThan(5)
      break
    }
    await addItem('Dodo 5')
    const { done } = (await collect(rebuild(repository.administrator))).at(-1) ?? { done: 0 }
    // All were written before the interruption.
    expect(done).toBe(0)
    expect(await stale()).toEqual([])
    expect(await count('dodo')).toBe(6)
    expect((await collect(rebuild(repository.administrator))).at(-1)?.done).toBeGreaterThan(5)
  })

  test('words that no record has any more are forgotten, those of others are not', async () => {
    const item = await addItem('Quagga tarpan')
    await addItem('Tarpan')
    await catchUp()
    await sql`
      update record set metadata = '{"dc.title": [{"value": "Horse"}]}' where id = ${item.id}::uuid
    `.execute(repository.database.write)
    const known = async () => {
      await catchUp()
      const { rows } = await sql<{ word: string }>`
        select distinct word from search_word where word in ('quagga', 'tarpan', 'horse') order by word
      `.execute(repository.database.write)
      return rows.map(({ word }) => word)
    }
    expect(await known()).toEqual(['horse', 'quagga', 'tarpan'])
    await collect(rebuildSearchIndex(repository)(repository.administrator))
    expect(await known()).toEqual(['horse', 'tarpan'])
    expect(await count('tarp?n')).toBe(1)
  })

  test('for administrators alone', async () => {
    const anonymous = await repository.reading.actors.anonymous()
    const begun = rebuildSearchIndex(repository)(anonymous).next()
    await expect(begun).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
  })
})

test.each([44, 55])('finds, counts and tells exactly what single records allow, seed %i', async (seed) => {
  const world = await generateWorld(repository, seed, {
    people: 6,
    groups: 6,
    resources: { community: 5, collection: 6, item: 20, bundle: 1, bitstream: 1 },
    policies: 160,
  })
  const searched = world.resources.filter(({ kind }) => ['community', 'collection', 'item'].includes(kind))
  const ids = new Set(searched.map(({ id }) => id))
  const people = await Promise.all(world.people.map((id) => repository.actor(id)))
  const anonymous = await repository.reading.actors.anonymous()
  const { communities, collections: stored, items } = repository.reading
  const facts = new Map<string, AccessFacts>()
  for (const { id } of searched) {
    const found = (await items.find(id)) ?? (await stored.find(id)) ?? (await communities.find(id))
    const isTemplate = found?.value.kind === 'item' && found.value.templateOfId !== null
    if (found !== undefined && !isTemplate) facts.set(id, found.access)
  }
  let partial = 0
  for (const actor of [
    anonymous,
    ...people,
    ...people.map((person) => ({ ...person, scope: 'read' as const })),
  ]) {
    for (const day of DAYS) {
      const allowed = [...facts].filter(([, access]) => allows(actor, 'READ', access, day)).map(([id]) => id)
      const pids = {
        queries: [],
        fields: ['PID'],
        limit: -1,
        minimumCount: 1,
        sort: 'count',
        prefix: '',
        offset: 0,
      } as const
      const result = await repository.reading.recordQueries.run(
        {
          grants: grantsOf(actor, 'READ', day),
          query: { kind: 'everything' },
          filters: [],
          sort: [],
          rows: 10_000,
          tells: () => true,
          from: { start: 0 },
          facets: pids,
        },
        NOW,
      )
      const found = result.records.map(({ id }) => id)
      expect(found.filter((id) => ids.has(id)).toSorted()).toEqual(allowed.toSorted())
      expect(result.total).toBe(found.length)
      expect(result.facets.fields[0]?.values.map(({ value }) => value).toSorted()).toEqual(
        result.records.map(({ fields }) => fields['PID']?.[0]).toSorted(),
      )
      const words = await repository.reading.search.search(
        { grants: grantsOf(actor, 'READ', day), kinds: ['community', 'collection', 'item'], words: '' },
        { number: 0, size: 10_000 },
      )
      expect(
        words.elements
          .map(({ id }) => id)
          .filter((id) => ids.has(id))
          .toSorted(),
      ).toEqual(allowed.toSorted())
      if (allowed.length > 0 && allowed.length < ids.size) partial += 1
    }
  }
  expect(partial).toBeGreaterThan(10)
})
