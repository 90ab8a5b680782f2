import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ANONYMOUS_GROUP } from '../../src/domain/access/actor.ts'
import { allows } from '../../src/domain/access/allows.ts'
import { grantsOf } from '../../src/domain/access/grants.ts'
import { groupPolicy } from '../../src/domain/access/policy.ts'
import { metadataValue } from '../../src/domain/metadata/metadata.ts'
import { completeDatasets } from '../../src/services/datasets/complete-datasets.ts'
import { createItem } from '../../src/services/items/create-item.ts'
import { DAYS, generateWorld } from '../_support/access-world.ts'
import { chance } from '../_support/random.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

let repository: TestRepository
let collections: readonly string[]

beforeAll(async () => {
  repository = await testRepository()
  const community = await repository.addCommunity()
  collections = [
    (await repository.addCollection(community.id)).id,
    (await repository.addCollection(community.id)).id,
  ]
})

afterAll(() => repository.stop())

const metadataOf = (fields: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, [metadataValue(value)]]))

function addItem(fields: Readonly<Record<string, string>>) {
  const input = { owningCollectionId: collections[0] ?? '', metadata: metadataOf(fields) }
  return createItem(repository)(repository.administrator, input)
}

/** Datasets that are not where a fresh look puts them. */
async function stale(): Promise<readonly unknown[]> {
  const result = await sql`
    with fresh as (
      select f.record_id, f.digest, p.start_ms, p.end_ms, p.box::text as box, p.form
      from dataset_shelves_of(array(select id from record)) f join dataset_part p using (record_id)
    ), stored as (
      select d.record_id, s.digest, d.start_ms, d.end_ms, d.box::text as box, d.form
      from dataset d join dataset_shelf s on s.id = d.shelf_id
    )
    (select * from fresh except select * from stored) union all (select * from stored except select * from fresh)
  `.execute(repository.database.write)
  return result.rows
}

const count = async (): Promise<number> =>
  (await sql<{ total: number }>`select count(*) as total from dataset`.execute(repository.database.read))
    .rows[0]?.total ?? 0

test('datasets are where they belong after every kind of write, many at once', async () => {
  const items = await Promise.all(
    Array.from({ length: 6 }, (_, index) => addItem({ 'dcterms.spatial': `POINT (${index} 1)` })),
  )
  const luck = chance(11)
  const write = async (step: number): Promise<void> => {
    const { id } = luck.of(items)
    const kind = luck.integer(9)
    const owningCollectionId = luck.of(collections)
    await repository.unitOfWork(async (tx) => {
      const item = (await tx.items.find(id))?.value
      if (item === undefined) return
      if (kind === 0) await tx.items.update({ ...item, owningCollectionId })
      else if (kind === 1) await tx.items.update({ ...item, withdrawn: !item.withdrawn })
      else if (kind === 2) await tx.policies.insert([groupPolicy(id, 'READ', ANONYMOUS_GROUP)])
      else if (kind === 3) await tx.policies.switchAction([id], 'READ', 'WITHDRAWN_READ')
      else if (kind === 4)
        await tx.items.update({ ...item, metadata: metadataOf({ 'dc.type': `Type ${step % 3}` }) })
      else if (kind === 5)
        await tx.items.update({ ...item, metadata: metadataOf({ 'dcterms.spatial': 'a place' }) })
      else {
        const fields = {
          'dcterms.spatial': `POINT (${step} 2)`,
          'dcterms.temporal': `2001/${2001 + (step % 5)}`,
        }
        await tx.items.update({ ...item, metadata: metadataOf(fields) })
      }
    })
  }
  for (let round = 0; round < 15; round += 1) {
    await Promise.all(Array.from({ length: 8 }, (_, index) => write(round * 8 + index)))
  }
  expect(await stale()).toEqual([])
  expect(await count()).toBeGreaterThan(0)
  await repository.unitOfWork((tx) => tx.collections.deleteTree(collections[1] ?? ''))
  await repository.unitOfWork(async (tx) => {
    for (const { id } of items) await tx.items.delete(id)
  })
  expect([await count(), await stale()]).toEqual([0, []])
})

test('items of before there were datasets become datasets once', async () => {
  await addItem({ 'dcterms.spatial': 'POINT (1 1)' })
  await addItem({ 'dcterms.spatial': 'nowhere' })
  await sql`insert into dataset_unread select record_id from dataset_part`.execute(repository.database.write)
  await sql`delete from dataset_part`.execute(repository.database.write)
  const done: number[] = []
  for await (const items of completeDatasets(repository)()) done.push(items)
  expect([done, await count(), await stale()]).toEqual([[2], 1, []])
  for await (const items of completeDatasets(repository)()) done.push(items)
  expect(done).toEqual([2])
})

test('an item without times and places costs no statement more, and writes nothing about datasets', async () => {
  const sent: string[] = []
  const stop = repository.database.onStatement((statement) => sent.push(statement.sql))
  const item = await addItem({ 'dc.title': 'Quokka' })
  await repository.unitOfWork((tx) =>
    tx.items.update({ ...item, metadata: metadataOf({ 'dc.title': 'Numbat' }) }),
  )
  stop()
  expect(sent.filter((statement) => statement.includes('dataset'))).toEqual([])
  const parts = await sql`select from dataset_part where record_id = ${item.id}::uuid`.execute(
    repository.database.read,
  )
  expect(parts.rows).toEqual([])
})

describe('rights', () => {
  test.each([46, 57])('finds and counts exactly what single items allow, seed %i', async (seed) => {
    const world = await generateWorld(repository, seed, {
      people: 6,
      groups: 6,
      resources: { community: 4, collection: 5, item: 25, bundle: 1, bitstream: 1 },
      policies: 200,
    })
    const ids = world.resources.filter(({ kind }) => kind === 'item').map(({ id }) => id)
    const facts = new Map<
      string,
      NonNullable<Awaited<ReturnType<typeof repository.reading.items.find>>>['access']
    >()
    for (const id of ids) {
      const found = await repository.reading.items.find(id)
      if (found === undefined || found.value.templateOfId !== null) continue
      facts.set(id, found.access)
      const metadata = metadataOf({
        'dcterms.spatial': 'POINT (3 4)',
        'dc.type': `${seed} ${id.slice(0, 1)}`,
      })
      await repository.unitOfWork((tx) => tx.items.update({ ...found.value, metadata }))
    }
    expect(await stale()).toEqual([])
    const people = await Promise.all(world.people.map((id) => repository.actor(id)))
    const { datasets } = repository.reading
    let partial = 0
    for (const actor of [await repository.reading.actors.anonymous(), ...people]) {
      for (const day of DAYS) {
        const allowed = [...facts]
          .filter(([, access]) => allows(actor, 'READ', access, day))
          .map(([id]) => id)
        const grants = grantsOf(actor, 'READ', day)
        const page = await datasets.search({ grants }, { offset: 0, size: 10_000 })
        const found = page.places.map(({ recordId }) => recordId).filter((id) => facts.has(id))
        expect(found.toSorted()).toEqual(allowed.toSorted())
        expect(page.total).toBe(page.places.length)
        const types = new Set(allowed.map((id) => `${seed} ${id.slice(0, 1)}`))
        const told = (await datasets.types(grants)).filter((type) => type.startsWith(`${seed} `))
        expect(told).toEqual([...types].toSorted())
        const read = await datasets.findAll([...facts.keys()], grants)
        expect(read.map(({ recordId }) => recordId).toSorted()).toEqual(allowed.toSorted())
        partial += Number(allowed.length > 0 && allowed.length < facts.size)
      }
    }
    expect(partial).toBeGreaterThan(5)
  })
})
