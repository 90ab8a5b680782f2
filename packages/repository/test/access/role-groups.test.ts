import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ANONYMOUS_GROUP, SYSTEM_ACTOR, type Actor } from '../../src/domain/access/actor.ts'
import { COLLECTION_ROLES } from '../../src/domain/access/container-role.ts'
import type { Action } from '../../src/domain/access/policy.ts'
import { metadataValue } from '../../src/domain/metadata/metadata.ts'
import type { Collection, Community } from '../../src/domain/records/record.ts'
import { createRoleGroup } from '../../src/services/access/create-role-group.ts'
import { deleteRoleGroup } from '../../src/services/access/delete-role-group.ts'
import { grantPolicy } from '../../src/services/access/grant-policy.ts'
import { readRoleGroup } from '../../src/services/access/read-role-group.ts'
import { createCollection } from '../../src/services/collections/create-collection.ts'
import { createCommunity } from '../../src/services/communities/create-community.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

let repository: TestRepository
let community: Community
let collection: Collection
let communityAdmin: Actor
let collectionAdmin: Actor
let member: Actor

beforeAll(async () => {
  repository = await testRepository()
})

beforeEach(async () => {
  community = await createCommunity(repository)(SYSTEM_ACTOR, { parentId: null, metadata: {} })
  collection = await createCollection(repository)(SYSTEM_ACTOR, { parentId: community.id, metadata: {} })
  communityAdmin = await somebody('ADMIN', community.id)
  collectionAdmin = await somebody('ADMIN', collection.id)
  member = await somebody('WRITE', collection.id)
})

afterAll(() => repository.stop())

const refusal = (code: string) => expect.objectContaining({ code })
const metadata = { 'dc.description': [metadataValue('Who may')] }

let people = 0
async function somebody(action: Action, resourceId: string): Promise<Actor> {
  people += 1
  const personId = await repository.addPerson(`somebody${people}@example.org`)
  await grantPolicy(repository)(SYSTEM_ACTOR, { resourceId, action, to: { personId } })
  return repository.actor(personId)
}

/** What groups may do to the collection, as `ACTION group`. */
async function grants(): Promise<string[]> {
  const policies = await repository.reading.policies.ofResources([collection.id])
  return policies
    .filter(({ groupId }) => groupId !== null)
    .map(({ action, groupId }) => `${action} ${groupId}`)
}

test.each([
  ['admin', 'ADMIN', 'ADMIN'],
  ['submit', 'SUBMIT', 'ADD'],
  ['item_read', 'ITEM_DEFAULT_READ', 'DEFAULT_ITEM_READ'],
  ['bitstream_read', 'BITSTREAM_DEFAULT_READ', 'DEFAULT_BITSTREAM_READ'],
  ['reviewer', 'WORKFLOW_ROLE_reviewer', 'ADD'],
  ['editor', 'WORKFLOW_ROLE_editor', 'ADD'],
  ['finaleditor', 'WORKFLOW_ROLE_finaleditor', 'ADD'],
] as const)('the %s group of a collection is named, granted and deleted', async (role, nameEnd, action) => {
  const before = await grants()
  const group = await createRoleGroup(repository)(collectionAdmin, { of: collection, role, metadata })
  expect(group).toMatchObject({ name: `COLLECTION_${collection.id}_${nameEnd}`, permanent: false, metadata })
  expect(await readRoleGroup(repository)(collectionAdmin, { of: collection, role })).toEqual(group)
  expect(await grants()).toContain(`${action} ${group.id}`)
  const input = { of: collection, role, metadata }
  await expect(createRoleGroup(repository)(collectionAdmin, input)).rejects.toEqual(refusal('INVALID'))

  await deleteRoleGroup(repository)(communityAdmin, { of: collection, role })
  expect(await repository.reading.groups.find(group.id)).toBeUndefined()
  expect((await grants()).toSorted()).toEqual(before.toSorted())
  await expect(deleteRoleGroup(repository)(communityAdmin, { of: collection, role })).rejects.toEqual(
    refusal('INVALID'),
  )
})

describe('the groups that may read by default', () => {
  test('stand in for Anonymous, which is shown while there is none', async () => {
    const role = { of: collection, role: 'item_read' } as const
    expect(await readRoleGroup(repository)(collectionAdmin, role)).toMatchObject({ id: ANONYMOUS_GROUP })
    await createRoleGroup(repository)(collectionAdmin, { ...role, metadata: {} })
    expect(await grants()).not.toContain(`DEFAULT_ITEM_READ ${ANONYMOUS_GROUP}`)
    expect(await grants()).toContain(`DEFAULT_BITSTREAM_READ ${ANONYMOUS_GROUP}`)
    await deleteRoleGroup(repository)(collectionAdmin, role)
    expect(await readRoleGroup(repository)(collectionAdmin, role)).toMatchObject({ id: ANONYMOUS_GROUP })
  })

  test('are not made beside another group that was given the right', async () => {
    const other = await createRoleGroup(repository)(collectionAdmin, {
      of: collection,
      role: 'submit',
      metadata: {},
    })
    const to = { groupId: other.id }
    await grantPolicy(repository)(SYSTEM_ACTOR, {
      resourceId: collection.id,
      action: 'DEFAULT_ITEM_READ',
      to,
    })
    const role = { of: collection, role: 'item_read' } as const
    await expect(createRoleGroup(repository)(SYSTEM_ACTOR, { ...role, metadata: {} })).rejects.toEqual(
      refusal('INVALID'),
    )
    await expect(deleteRoleGroup(repository)(SYSTEM_ACTOR, role)).rejects.toEqual(refusal('INVALID'))
    expect(await repository.reading.groups.find(other.id)).toBeDefined()
  })
})

describe('who may', () => {
  test('see and make them: those who administer the collection, nobody else', async () => {
    const visitor = await repository.reading.actors.anonymous()
    for (const role of COLLECTION_ROLES) {
      const input = { of: collection, role, metadata: {} }
      await expect(readRoleGroup(repository)(visitor, input)).rejects.toEqual(refusal('NOT_SIGNED_IN'))
      await expect(readRoleGroup(repository)(member, input)).rejects.toEqual(refusal('NOT_ALLOWED'))
      await expect(createRoleGroup(repository)(member, input)).rejects.toEqual(refusal('NOT_ALLOWED'))
      await expect(deleteRoleGroup(repository)(member, input)).rejects.toEqual(refusal('NOT_ALLOWED'))
    }
  })

  test('delete the administrators’ group: those above it', async () => {
    const ofCollection = { of: collection, role: 'admin' } as const
    const ofCommunity = { of: community, role: 'admin' } as const
    await createRoleGroup(repository)(collectionAdmin, { ...ofCollection, metadata: {} })
    await createRoleGroup(repository)(communityAdmin, { ...ofCommunity, metadata: {} })
    await expect(deleteRoleGroup(repository)(collectionAdmin, ofCollection)).rejects.toEqual(
      refusal('NOT_ALLOWED'),
    )
    await expect(deleteRoleGroup(repository)(communityAdmin, ofCommunity)).rejects.toEqual(
      refusal('NOT_ALLOWED'),
    )
    await deleteRoleGroup(repository)(communityAdmin, ofCollection)
    await deleteRoleGroup(repository)(repository.administrator, ofCommunity)
  })

  test('rule: the members of the administrators’ group, down to collections', async () => {
    const group = await createRoleGroup(repository)(communityAdmin, {
      of: community,
      role: 'admin',
      metadata: {},
    })
    const personId = await repository.addPerson('new.ruler@example.org')
    await repository.unitOfWork((tx) => tx.groups.addPeople(group.id, [personId]))
    const ruler = await repository.actor(personId)
    expect(ruler.administers.toSorted()).toEqual([community.id, collection.id].toSorted())
    await deleteRoleGroup(repository)(repository.administrator, { of: community, role: 'admin' })
    expect((await repository.actor(personId)).administers).toEqual([])
  })
})

test('a community has administrators only, and a name is not chosen', async () => {
  const create = createRoleGroup(repository)
  await expect(create(SYSTEM_ACTOR, { of: community, role: 'submit', metadata: {} })).rejects.toEqual(
    refusal('INVALID'),
  )
  const named = { of: community, role: 'admin', metadata: { 'dc.title': [metadataValue('Mine')] } } as const
  await expect(create(SYSTEM_ACTOR, named)).rejects.toEqual(refusal('INVALID'))
  const unknown = { ...named, metadata: { 'dc.nonsense': [metadataValue('x')] } }
  await expect(create(SYSTEM_ACTOR, unknown)).rejects.toEqual(refusal('FIELD_UNKNOWN'))
  await expect(
    create(SYSTEM_ACTOR, { ...named, of: { kind: 'community', id: collection.id } }),
  ).rejects.toEqual(refusal('NOT_FOUND'))
})
