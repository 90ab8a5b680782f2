import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMINISTRATOR_GROUP, type Actor } from '../../src/domain/access/actor.ts'
import { holds, isForReading, PERMISSIONS, type Permission } from '../../src/domain/access/permission.ts'
import { grantPermissions, revokePermissions } from '../../src/services/access/change-permissions.ts'
import { listPermissions } from '../../src/services/access/list-permissions.ts'
import { createGroup } from '../../src/services/people/create-group.ts'
import { deleteGroup } from '../../src/services/people/delete-group.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

const INGEST = 'ISLANDORA_REST_OBJECT_POST_PERM'
const READING = PERMISSIONS.filter(isForReading)

let world: TestRepository
beforeAll(async () => {
  world = await testRepository()
})
afterAll(() => world.stop())

const anonymous = () => world.reading.actors.anonymous()
const grant = (role: string, permissions: readonly string[], actor: Actor = world.administrator) =>
  grantPermissions(world)(actor, { role, permissions })
const revoke = (role: string, permissions: readonly string[], actor: Actor = world.administrator) =>
  revokePermissions(world)(actor, { role, permissions })
const held = (actor: Actor): readonly Permission[] => PERMISSIONS.filter((one) => holds(actor, one))
const makeGroup = async (name: string): Promise<string> =>
  (await createGroup(world)(world.administrator, { name, metadata: {} })).id

/** Somebody in a group of their own. */
async function member(groupName: string): Promise<string> {
  const id = await world.addPerson(`${groupName.replaceAll(' ', '.')}@example.org`)
  const groupId = await makeGroup(groupName)
  await world.unitOfWork((tx) => tx.groups.addPeople(groupId, [id]))
  return id
}

describe('at the beginning', () => {
  test('visitors read, people change what policies let them, administrators hold everything', async () => {
    expect(READING).toHaveLength(5)
    expect(held(await anonymous())).toEqual(READING)
    const somebody = await world.actor(await world.addPerson('somebody@example.org'))
    expect(PERMISSIONS.filter((one) => !held(somebody).includes(one))).toEqual([INGEST])
    expect(held(world.administrator)).toEqual(PERMISSIONS)
  })

  test('a token that reads holds what reading takes, also of an administrator', () => {
    expect(held({ ...world.administrator, scope: 'read' })).toEqual(READING)
    expect(held({ ...world.administrator, scope: 'write' })).toEqual(PERMISSIONS)
  })
})

describe('a permission', () => {
  test('of a group is its members’, through nesting too, until it is taken or the group goes', async () => {
    const id = await member('ingesters')
    await grant('ingesters', [INGEST, INGEST])
    expect((await world.actor(id)).permissions).toContain(INGEST)
    const outer = await makeGroup('outer ring')
    const inner = await makeGroup('inner ring')
    const other = await world.addPerson('inner@example.org')
    await world.unitOfWork(async (tx) => {
      await tx.groups.addPeople(inner, [other])
      await tx.groups.addSubgroups(outer, [inner])
    })
    await grant('outer ring', [INGEST])
    expect((await world.actor(other)).permissions).toContain(INGEST)
    await revoke('ingesters', [INGEST])
    expect((await world.actor(id)).permissions).not.toContain(INGEST)
    await deleteGroup(world)(world.administrator, { id: outer, expected: 'any' })
    expect((await world.actor(other)).permissions).not.toContain(INGEST)
  })

  test('of everybody who has signed in is not the visitors’', async () => {
    await revoke('Anonymous', ['ISLANDORA_SOLR_SEARCH_PERM'])
    await grant('authenticated', ['ISLANDORA_SOLR_SEARCH_PERM'])
    const somebody = await world.actor(await world.addPerson('searcher@example.org'))
    expect(somebody.permissions).toContain('ISLANDORA_SOLR_SEARCH_PERM')
    expect((await anonymous()).permissions).not.toContain('ISLANDORA_SOLR_SEARCH_PERM')
    await revoke('authenticated', ['ISLANDORA_SOLR_SEARCH_PERM'])
    await grant('anonymous', ['ISLANDORA_SOLR_SEARCH_PERM'])
  })

  test('is refused where it means nothing', async () => {
    const refused = (field: string) => ({ code: 'INVALID', data: { field } })
    await expect(grant('nobody', [INGEST])).rejects.toMatchObject({ code: 'REFERENCE_INVALID' })
    await expect(grant('no\0body', [INGEST])).rejects.toMatchObject({ code: 'REFERENCE_INVALID' })
    await expect(grant('authenticated', ['INGEST'])).rejects.toMatchObject(refused('permission'))
    await expect(grant('anonymous', [INGEST])).rejects.toMatchObject(refused('permission'))
    await expect(grant('administrator', [INGEST])).rejects.toMatchObject(refused('role'))
    await expect(revoke('Administrator', [INGEST])).rejects.toMatchObject(refused('role'))
  })

  test('is given, taken and listed by administrators alone', async () => {
    const somebody = await world.actor(await world.addPerson('curious@example.org'))
    const list = listPermissions(world)
    for (const [actor, code] of [
      [await anonymous(), 'NOT_SIGNED_IN'],
      [somebody, 'NOT_ALLOWED'],
      [{ ...world.administrator, scope: 'write' }, 'NOT_ALLOWED'],
    ] as const) {
      await expect(grant('authenticated', [INGEST], actor)).rejects.toMatchObject({ code })
      await expect(revoke('authenticated', [INGEST], actor)).rejects.toMatchObject({ code })
      await expect(list(actor)).rejects.toMatchObject({ code })
    }
  })
})

test('the list has the three roles that there always are, and the groups that were given anything', async () => {
  await makeGroup('with nothing')
  await member('with something')
  await grant('with something', [INGEST])
  const listed = await listPermissions(world)(world.administrator)
  expect(listed.map(({ role }) => role)).toEqual([
    'anonymous',
    'authenticated',
    'administrator',
    'with something',
  ])
  expect(listed[0]?.permissions.toSorted()).toEqual(READING.toSorted())
  expect(listed[2]?.permissions).toEqual(PERMISSIONS)
  expect(listed[3]).toMatchObject({ permissions: [INGEST], groupId: expect.any(String) })
  expect(listed.some(({ groupId }) => groupId === ADMINISTRATOR_GROUP)).toBe(false)
})
