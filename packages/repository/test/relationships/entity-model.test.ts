import { afterAll, beforeAll, expect, test } from 'vitest'
import { ENTITY_TYPES, RELATIONSHIP_TYPES } from '../../src/registries/load-entity-model.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

let repository: TestRepository

beforeAll(async () => {
  repository = await testRepository()
})
afterAll(() => repository.stop())

const PAGE = { number: 0, size: 100 }
const model = async () => {
  const { entityModel } = repository.reading
  const { elements } = await entityModel.listEntityTypes({}, PAGE)
  return { entityTypes: elements, types: [...(await entityModel.types()).values()] }
}

test('the first start fills the model, a later one leaves it as it is', async () => {
  expect(await model()).toEqual({ entityTypes: ENTITY_TYPES, types: RELATIONSHIP_TYPES })
  await repository.database.write.deleteFrom('relationship_type').where('id', '=', 17).execute()
  await repository.prepare()
  expect((await model()).types).toHaveLength(16)
})

test('a repository from before there was one gets it at its next start, and further types go on from there', async () => {
  const { write } = repository.database
  await write.deleteFrom('relationship_type').execute()
  await write.deleteFrom('entity_type').execute()
  await repository.prepare()
  expect(await model()).toEqual({ entityTypes: ENTITY_TYPES, types: RELATIONSHIP_TYPES })
  const added = await write.insertInto('entity_type').values({ label: 'Equipment' }).returning('id').execute()
  expect(added).toEqual([{ id: ENTITY_TYPES.length + 1 }])
})
