import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANONYMOUS_GROUP } from '../../src/domain/access/actor.ts'
import { groupPolicy } from '../../src/domain/access/policy.ts'
import { createItem } from '../../src/services/items/create-item.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

let repository: TestRepository
let itemId: string

beforeAll(async () => {
  repository = await testRepository()
  const community = await repository.addCommunity()
  const collection = await repository.addCollection(community.id)
  const item = await createItem(repository)(repository.administrator, {
    owningCollectionId: collection.id,
    metadata: {},
  })
  itemId = item.id
})

afterAll(() => repository.stop())

const sight = (known: number | null) => repository.reading.items.sight(itemId, known)

test('a sight is one statement, whoever has written before', async () => {
  const version = (await sight(null))?.version ?? 0
  let statements = 0
  const stop = repository.database.onStatement(() => statements++)
  await sight(version)
  expect(statements).toBe(1)
  await repository.addPerson('writer@example.org')
  statements = 0
  await sight(version)
  expect(statements).toBe(1)
  stop()
})

test('a reader without the version at hand gets the item', async () => {
  expect(await sight(null)).toMatchObject({ item: { id: itemId } })
  expect(await sight(-1)).toMatchObject({ item: { id: itemId } })
})

test('what another connection commits is seen by the next sight, and not before', async () => {
  const before = (await sight(null))?.version ?? 0
  await repository.database.write.transaction().execute(async (trx) => {
    await sql`update record set version = version + 1, withdrawn = true where id = ${itemId}`.execute(trx)
    expect(await sight(before)).toMatchObject({ version: before, withdrawn: false })
    expect(await sight(before)).toMatchObject({ version: before, withdrawn: false })
  })
  expect(await sight(before)).toMatchObject({ version: before + 1, withdrawn: true, item: { id: itemId } })
})

test('policies are part of what was seen', async () => {
  const { version = 0 } = (await sight(null)) ?? {}
  const policy = groupPolicy(itemId, 'WRITE', ANONYMOUS_GROUP)
  await repository.unitOfWork((tx) => tx.policies.insert([policy]))
  expect((await sight(version))?.access.policies).toMatchObject([
    { action: 'WRITE', groupId: ANONYMOUS_GROUP },
  ])
})

test('an item that is deleted is gone at once', async () => {
  const { version = 0 } = (await sight(null)) ?? {}
  await repository.unitOfWork((tx) => tx.items.delete(itemId))
  expect(await sight(version)).toBeUndefined()
})
