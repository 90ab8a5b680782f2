import { afterAll, beforeAll, expect, test } from 'vitest'
import { metadataValue } from '../../src/domain/metadata/metadata.ts'
import type { Collection } from '../../src/domain/records/record.ts'
import { createItem } from '../../src/services/items/create-item.ts'
import { mapItem } from '../../src/services/items/map-item.ts'
import { addTriple } from '../../src/services/objects/change-triples.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

let world: TestRepository
beforeAll(async () => {
  world = await testRepository()
})
afterAll(() => world.stop())

const deposit = (owningCollectionId: string) =>
  createItem(world)(world.administrator, {
    owningCollectionId,
    metadata: { 'dc.title': [metadataValue('Late')] },
  })

/** Makes a collection a community, and lets others write to it before that is committed. */
async function convertedMeanwhile(
  collection: Collection,
  write: () => Promise<unknown>,
): Promise<PromiseSettledResult<unknown>> {
  let written: Promise<unknown> = Promise.resolve()
  await world.unitOfWork(async (tx) => {
    await tx.objects.lock(collection.id)
    const { parentId, ...record } = collection
    await tx.objects.convert(collection, { ...record, kind: 'community', parentId })
    written = write()
    // As long as it takes to find the collection, and to come to wait for it.
    await Promise.race([written.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 300))])
  })
  const [outcome] = await Promise.allSettled([written])
  return outcome
}

test('an item that is deposited in a collection that becomes a community meanwhile is refused', async () => {
  const collection = await world.addCollection((await world.addCommunity()).id)
  const outcome = await convertedMeanwhile(collection, () => deposit(collection.id))
  expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'REFERENCE_INVALID' } })
})

test('so is one that is mapped into it', async () => {
  const community = await world.addCommunity()
  const collection = await world.addCollection(community.id)
  const item = await deposit((await world.addCollection(community.id)).id)
  const outcome = await convertedMeanwhile(collection, () =>
    mapItem(world)(world.administrator, { itemId: item.id, collectionIds: [collection.id] }),
  )
  expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'REFERENCE_INVALID' } })
})

test('a collection that an item comes into meanwhile stays one', async () => {
  const collection = await world.addCollection((await world.addCommunity()).id)
  const outcomes = await Promise.allSettled([
    deposit(collection.id),
    addTriple(world)(world.administrator, {
      pid: collection.pid,
      triple: {
        namespace: 'info:fedora/fedora-system:def/model#',
        predicate: 'hasModel',
        object: 'info:fedora/hexapla:communityCModel',
        literal: false,
        datatype: null,
        language: null,
      },
    }),
  ])
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1)
})
