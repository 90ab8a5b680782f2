import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ANONYMOUS_GROUP } from '../../src/domain/access/actor.ts'
import { catchUpIndex } from '../../src/services/search/catch-up-index.ts'
import { NO_FILES, testRepository, type TestRepository } from '../_support/test-repository.ts'

let repository: TestRepository
let collectionId: string
beforeAll(async () => {
  repository = await testRepository()
  const community = await repository.addCommunity()
  collectionId = (await repository.addCollection(community.id)).id
})
afterAll(() => repository.stop())

const DAY = '2026-11-21'
const engine = (state: { isFilled: boolean; day: string } | undefined) =>
  repository.unitOfWork((tx) => tx.searchChanges.save(state))
const catchUp = () => catchUpIndex({ ...repository, contents: NO_FILES })(() => true)
const take = async () => {
  await catchUp()
  return (await repository.unitOfWork((tx) => tx.searchChanges.take(100, Number.MAX_SAFE_INTEGER))).ids
}
const write = (statement: ReturnType<typeof sql>) => statement.execute(repository.database.write)
const grantRead = (from: string | null, to: string | null) =>
  write(sql`
    insert into resource_policy (resource_id, action, group_id, start_date, end_date)
    values (${collectionId}::uuid, 'READ', ${ANONYMOUS_GROUP}::uuid, ${from}::date, ${to}::date)
  `)

beforeEach(async () => {
  await engine(undefined)
  await write(sql`delete from resource_policy where resource_id = ${collectionId}::uuid`)
  await catchUp()
  await engine({ isFilled: true, day: DAY })
})

test('nothing is noted without an engine', async () => {
  await engine(undefined)
  expect(await repository.reading.searchChanges.state()).toBeUndefined()
  await grantRead(null, null)
  expect(await take()).toEqual([])
})

test('what is written is noted until it is taken, and what is rolled back is not', async () => {
  await write(
    sql`update record set modified_at = modified_at + interval '1 second' where id = ${collectionId}::uuid`,
  )
  await grantRead(null, null)
  await catchUp()
  expect(await repository.reading.searchChanges.state()).toEqual({
    isFilled: true,
    day: DAY,
    lastNote: expect.any(Number),
  })
  expect(await take()).toEqual([collectionId])
  expect(await repository.reading.searchChanges.state()).toMatchObject({ lastNote: null })
  const refused = repository.unitOfWork(async (tx) => {
    await tx.policies.remove([collectionId])
    throw new Error('refused')
  })
  await expect(refused).rejects.toThrow('refused')
  expect(await take()).toEqual([])
})

test('notes are taken oldest first, up to one', async () => {
  const add = async () => {
    const { id } = await repository.addCommunity()
    await catchUp()
    return id
  }
  const made = [await add(), await add()]
  const { lastNote } = (await repository.reading.searchChanges.state()) ?? {}
  await add()
  const taken: string[] = []
  for (let notes = 1; notes > 0;) {
    const some = await repository.unitOfWork((tx) => tx.searchChanges.take(1, lastNote ?? 0))
    taken.push(...some.ids)
    notes = some.notes
  }
  expect([...new Set(taken)]).toEqual(made)
  expect(await take()).toHaveLength(1)
})

test('a record that is deleted is noted, and has no entry', async () => {
  const { id } = await repository.addCommunity()
  await take()
  await write(sql`delete from record where id = ${id}::uuid`)
  const ids = await take()
  expect(ids).toEqual([id])
  expect(await repository.unitOfWork((tx) => tx.searchChanges.entries(ids, DAY))).toEqual([])
})

test.each([
  [null, null, true],
  [DAY, DAY, true],
  ['2026-11-22', null, false],
  [null, '2026-11-20', false],
])('who reads on the day: from %s to %s', async (from, to, reads) => {
  await grantRead(from, to)
  await catchUp()
  const [entry] = await repository.unitOfWork((tx) => tx.searchChanges.entries([collectionId], DAY))
  expect(entry).toMatchObject({ id: collectionId, listed: true, containerId: collectionId })
  expect(entry?.readers.includes(ANONYMOUS_GROUP)).toBe(reads)
})

test.each([
  ['2026-11-22', null, true],
  ['2026-11-23', null, true],
  ['2026-11-24', null, false],
  ['2026-11-21', null, false],
  [null, '2026-11-21', true],
  [null, '2026-11-22', true],
  [null, '2026-11-23', false],
  [null, '2026-11-20', false],
])('a policy from %s to %s has begun or ended two days later: %s', async (from, to, noted) => {
  await grantRead(from, to)
  await take()
  await repository.unitOfWork((tx) => tx.searchChanges.noteTurned(DAY, '2026-11-23'))
  expect(await take()).toEqual(noted ? [collectionId] : [])
})
