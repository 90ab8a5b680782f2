import { afterAll, beforeAll, expect, test } from 'vitest'
import { SYSTEM_ACTOR } from '../../src/domain/access/actor.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { metadataValue } from '../../src/domain/metadata/metadata.ts'
import { PatchError } from '../../src/domain/patch/patch-error.ts'
import type { PatchOperation } from '../../src/domain/patch/parse-patch.ts'
import { RELATIONSHIP_TYPES } from '../../src/registries/load-entity-model.ts'
import { createItem } from '../../src/services/items/create-item.ts'
import { deleteItem } from '../../src/services/items/delete-item.ts'
import { patchItem } from '../../src/services/items/patch-item.ts'
import { changeRelationship } from '../../src/services/relationships/change-relationship.ts'
import { createRelationship } from '../../src/services/relationships/create-relationship.ts'
import { deleteRelationship } from '../../src/services/relationships/delete-relationship.ts'
import { replaceRelatedItem } from '../../src/services/relationships/replace-related-item.ts'
import { chance } from '../_support/random.ts'
import { relationshipFaults } from '../_support/relationship-oracle.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

/** Whatever happens to items and relationships, several things at a time: what items show agrees with what there is. */

let repository: TestRepository
let collectionId: string

beforeAll(async () => {
  repository = await testRepository()
  collectionId = (await repository.addCollection((await repository.addCommunity()).id)).id
})
afterAll(() => repository.stop())

/** Items by their entity type, as they were made. */
type World = ReadonlyMap<string, readonly string[]>

async function makeWorld(): Promise<World> {
  const create = createItem(repository)
  const world = new Map<string, string[]>()
  for (const [type, count, field] of [
    ['Publication', 4, 'dc.title'],
    ['Person', 3, 'person.familyName'],
    ['OrgUnit', 1, 'organization.legalName'],
    ['Journal', 2, 'dc.title'],
    ['JournalVolume', 2, 'publicationvolume.volumeNumber'],
    ['JournalIssue', 2, 'publicationissue.issueNumber'],
    ['Dataset', 1, 'dc.title'],
    ['Project', 1, 'dc.title'],
  ] as const) {
    const ids: string[] = []
    for (let number = 0; number < count; number += 1) {
      const metadata = {
        'dspace.entity.type': [metadataValue(type)],
        [field]: [metadataValue(`${type} ${number}`)],
      }
      ids.push((await create(SYSTEM_ACTOR, { owningCollectionId: collectionId, metadata })).id)
    }
    world.set(type, ids)
  }
  return world
}

const RENAMED = [
  'person.familyName',
  'person.givenName',
  'organization.legalName',
  'dc.title',
  'dc.identifier.uri',
]
const EXPECTED = ['NOT_FOUND', 'REFERENCE_INVALID', 'RELATIONSHIP_INVALID', 'PATCH_INVALID']

/** One random change; those that cannot be made are refused, and change nothing. */
async function changeSomething(world: World, seed: number): Promise<void> {
  const random = chance(seed)
  const { database } = repository
  const anyItem = () => random.of([...world.values()].flat())
  const made = await database.write.selectFrom('relationship').select('id').execute()
  const id = made.length === 0 ? 0 : random.of(made).id
  const patch = (itemId: string, ...operations: PatchOperation[]) =>
    patchItem(repository)(SYSTEM_ACTOR, { id: itemId, patch: operations, expected: 'any' })
  const authors = ['metadata', 'dc.contributor.author']
  const changes: readonly (() => Promise<unknown>)[] = [
    ...Array.from({ length: 6 }, () => () => {
      const type = random.of(RELATIONSHIP_TYPES)
      const [left, right] = [type.leftType, type.rightType].map(({ label }) =>
        random.of(world.get(label) ?? []),
      )
      return createRelationship(repository)(SYSTEM_ACTOR, {
        typeId: type.id,
        leftItemId: left ?? '',
        rightItemId: right ?? '',
        leftwardValue: null,
        rightwardValue: random.happens(0.25) ? `Variant ${seed}` : null,
      })
    }),
    () =>
      deleteRelationship(repository)(SYSTEM_ACTOR, {
        id,
        copy: random.of(['none', 'left', 'right', 'all', 'configured'] as const),
        expected: 'any',
      }),
    () =>
      changeRelationship(repository)(SYSTEM_ACTOR, {
        id,
        leftPlace: random.integer(4) - 1,
        rightPlace: random.integer(4) - 1,
        leftwardValue: null,
        rightwardValue: null,
        expected: 'any',
      }),
    () =>
      replaceRelatedItem(repository)(SYSTEM_ACTOR, {
        id,
        side: random.of(['left', 'right'] as const),
        itemId: anyItem(),
        expected: 'any',
      }),
    () =>
      patch(anyItem(), {
        op: 'replace',
        path: ['metadata', random.of(RENAMED)],
        value: [{ value: `New ${seed}` }],
      }),
    () => patch(anyItem(), { op: 'remove', path: ['metadata', random.of(RENAMED)] }),
    () =>
      patch(random.of(world.get('Publication') ?? []), {
        op: 'add',
        path: [...authors, '0'],
        value: `Own ${seed}`,
      }),
    () => patch(random.of(world.get('Publication') ?? []), { op: 'remove', path: [...authors, '1'] }),
    () =>
      patch(random.of(world.get('Publication') ?? []), {
        op: 'move',
        from: [...authors, '1'],
        path: [...authors, '0'],
      }),
    () =>
      patch(anyItem(), {
        op: 'replace',
        path: ['metadata', 'dspace.entity.type'],
        value: [{ value: random.of([...world.keys()]) }],
      }),
    () =>
      random.happens(0.8)
        ? Promise.resolve()
        : deleteItem(repository)(SYSTEM_ACTOR, {
            id: anyItem(),
            keep: random.of(['none', 'all', 'configured', [1, 2, 3]] as const),
            expected: 'any',
          }),
  ]
  try {
    await random.of(changes)()
  } catch (error) {
    const isExpected =
      (error instanceof DomainError || error instanceof PatchError) && EXPECTED.includes(error.code)
    if (!isExpected) throw error
  }
}

test.each([1, 2, 3, 4, 5, 6])(
  'after changes that happen at the same time, seed %i',
  async (round) => {
    const world = await makeWorld()
    for (let step = 0; step < 8; step += 1) {
      const seeds = Array.from({ length: 8 }, (_, number) => round * 10_000 + step * 100 + number)
      await Promise.all(seeds.map((seed) => changeSomething(world, seed)))
      expect(await relationshipFaults(repository.database)).toEqual([])
    }
    const made = await repository.database.write.selectFrom('relationship').select('id').execute()
    expect(made.length).toBeGreaterThan(5 * round)
  },
  60_000,
)

test('when all that an item shows changes at the same time', async () => {
  const world = await makeWorld()
  const all = (type: string) => world.get(type) ?? []
  const [work = ''] = all('Publication')
  const [issue = ''] = all('JournalIssue')
  const [volume = ''] = all('JournalVolume')
  const [journal = ''] = all('Journal')
  const relate = (typeId: number, leftItemId: string, rightItemId: string) =>
    createRelationship(repository)(SYSTEM_ACTOR, {
      typeId,
      leftItemId,
      rightItemId,
      leftwardValue: null,
      rightwardValue: null,
    })
  for (const person of all('Person')) await relate(1, work, person)
  await relate(9, volume, issue)
  const rename = (id: string, field: string, name: string) =>
    patchItem(repository)(SYSTEM_ACTOR, {
      id,
      patch: [{ op: 'replace', path: ['metadata', field], value: [{ value: name }] }],
      expected: 'any',
    })
  for (let round = 0; round < 20; round += 1) {
    // The issue is tied to work and journal in turn, from both ends of the way at once.
    const made = await Promise.all([
      relate(12, issue, work),
      relate(8, journal, volume),
      rename(journal, 'dc.title', `Journal ${round}`),
      ...all('Person').map((person) => rename(person, 'person.familyName', `Name ${round}`)),
    ])
    expect(await relationshipFaults(repository.database)).toEqual([])
    for (const { id } of made.slice(0, 2)) {
      await deleteRelationship(repository)(SYSTEM_ACTOR, { id: Number(id), copy: 'none', expected: 'any' })
    }
  }
})
