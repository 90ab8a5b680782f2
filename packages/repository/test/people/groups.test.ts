import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMINISTRATOR_GROUP, ANONYMOUS_GROUP, type Actor } from '../../src/domain/access/actor.ts'
import { groupPolicy } from '../../src/domain/access/policy.ts'
import { parsePatch } from '../../src/domain/patch/parse-patch.ts'
import { addMembers } from '../../src/services/people/add-members.ts'
import { addSubgroups } from '../../src/services/people/add-subgroups.ts'
import { createGroup } from '../../src/services/people/create-group.ts'
import { deleteGroup } from '../../src/services/people/delete-group.ts'
import { listGroupsOfPerson } from '../../src/services/people/list-groups-of-person.ts'
import { listGroups } from '../../src/services/people/list-groups.ts'
import { listMembers } from '../../src/services/people/list-members.ts'
import { listSubgroups } from '../../src/services/people/list-subgroups.ts'
import { patchGroup } from '../../src/services/people/patch-group.ts'
import { readGroupRole } from '../../src/services/people/read-group-role.ts'
import { readGroup } from '../../src/services/people/read-group.ts'
import { removeMember } from '../../src/services/people/remove-member.ts'
import { removeSubgroup } from '../../src/services/people/remove-subgroup.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

let repository: TestRepository
let admin: Actor
let anonymous: Actor
let person: Actor
/** Administers the collection in which {@link roleGroup} holds a role. */
let manager: Actor
let collectionId: string
let roleGroup: string

beforeAll(async () => {
  repository = await testRepository()
  admin = repository.administrator
  anonymous = await repository.reading.actors.anonymous()
  person = await repository.actor(await repository.addPerson('person@example.org'))
  const community = await repository.addCommunity()
  collectionId = (await repository.addCollection(community.id)).id
  roleGroup = await add('submitters')
  const managerId = await repository.addPerson('manager@example.org')
  await repository.unitOfWork(async (tx) => {
    const policy = groupPolicy(community.id, 'ADMIN', '')
    await tx.policies.insert([{ ...policy, groupId: null, personId: managerId }])
    await tx.groups.setRole(collectionId, 'submit', roleGroup)
  })
  manager = await repository.actor(managerId)
})

afterAll(() => repository.stop())

const page = { number: 0, size: 20 }
const code = (expected: string, field?: string) =>
  expect.objectContaining({
    code: expected,
    ...(field === undefined ? {} : { data: expect.objectContaining({ field }) }),
  })

async function add(name: string): Promise<string> {
  return (await createGroup(repository)(admin, { name, metadata: {} })).id
}

const rename = (actor: Actor, id: string, name: string) =>
  patchGroup(repository)(actor, {
    id,
    patch: parsePatch([{ op: 'replace', path: '/name', value: name }]),
    expected: 'any',
  })

describe('creating a group', () => {
  test('needs a name that nobody has, and is for administrators', async () => {
    const create = createGroup(repository)
    await add('made once')
    await expect(create(admin, { name: 'made once', metadata: {} })).rejects.toEqual(code('CONFLICT', 'name'))
    await expect(create(admin, { name: ' ', metadata: {} })).rejects.toEqual(code('INVALID', 'name'))
    const permanent = create(admin, { name: 'for ever', metadata: {}, permanent: true })
    await expect(permanent).rejects.toEqual(code('INVALID', 'permanent'))
    const unknown = create(admin, { name: 'described', metadata: { 'no.field': [] } })
    await expect(unknown).rejects.toEqual(code('FIELD_UNKNOWN', 'no.field'))
    await expect(create(manager, { name: 'x', metadata: {} })).rejects.toEqual(code('NOT_ALLOWED'))
    await expect(create(anonymous, { name: 'x', metadata: {} })).rejects.toEqual(code('NOT_SIGNED_IN'))
  })
})

describe('reading groups', () => {
  test('is for members and those who manage accounts', async () => {
    const id = await add('readable')
    const read = (actor: Actor) => readGroup(repository)(actor, id)
    await expect(read(person)).rejects.toEqual(code('NOT_ALLOWED'))
    await expect(read(anonymous)).rejects.toEqual(code('NOT_SIGNED_IN'))
    await addMembers(repository)(admin, { groupId: id, personIds: [person.personId ?? ''] })
    const member = await repository.actor(person.personId ?? '')
    for (const actor of [member, manager, admin])
      expect(await read(actor)).toMatchObject({ name: 'readable' })
    expect(await read({ ...anonymous, specialGroupIds: [id] })).toMatchObject({ name: 'readable' })
    await expect(readGroup(repository)(anonymous, ANONYMOUS_GROUP)).rejects.toEqual(code('NOT_SIGNED_IN'))
    expect(
      (await listGroupsOfPerson(repository)(member, member.personId ?? '', page)).elements,
    ).toMatchObject([{ id }])
    const missing = readGroup(repository)(admin, crypto.randomUUID())
    await expect(missing).rejects.toEqual(code('NOT_FOUND'))
  })

  test('in lists is for those who manage accounts', async () => {
    const attempts = [
      (actor: Actor) => listGroups(repository)(actor, { words: 'submitters' }, page),
      (actor: Actor) => listMembers(repository)(actor, ADMINISTRATOR_GROUP, page),
      (actor: Actor) => listSubgroups(repository)(actor, roleGroup, page),
    ]
    for (const attempt of attempts) {
      await expect(attempt(anonymous)).rejects.toEqual(code('NOT_SIGNED_IN'))
      await expect(attempt(person)).rejects.toEqual(code('NOT_ALLOWED'))
      expect(await attempt(manager)).toEqual(await attempt(admin))
    }
    expect((await listGroups(repository)(admin, { words: 'submitters' }, page)).total).toBe(1)
    expect((await listMembers(repository)(admin, ADMINISTRATOR_GROUP, page)).elements).toMatchObject([
      { id: admin.personId },
    ])
  })

  test('tells the role of a group', async () => {
    expect(await readGroupRole(repository)(manager, roleGroup)).toEqual({
      recordId: collectionId,
      role: 'submit',
    })
    expect(await readGroupRole(repository)(admin, ADMINISTRATOR_GROUP)).toBeUndefined()
    await expect(readGroupRole(repository)(person, roleGroup)).rejects.toEqual(code('NOT_ALLOWED'))
  })
})

describe('changing a group', () => {
  test('renames it and changes its metadata, for administrators', async () => {
    const id = await add('before')
    const description = { op: 'add', path: '/metadata/dc.description', value: [{ value: 'Text' }] }
    const patch = parsePatch([description, { op: 'replace', path: '/name', value: 'after' }])
    const input = { id, patch, expected: 1 }
    expect(await patchGroup(repository)(admin, input)).toMatchObject({ name: 'after', version: 2 })
    await expect(patchGroup(repository)(admin, input)).rejects.toEqual(code('VERSION_CONFLICT'))
    await expect(rename(manager, id, 'x')).rejects.toEqual(code('NOT_ALLOWED'))
    await expect(rename(admin, id, 'submitters')).rejects.toEqual(code('CONFLICT', 'name'))
    await expect(rename(admin, id, '  ')).rejects.toEqual(code('INVALID', 'name'))
    await expect(rename(admin, crypto.randomUUID(), 'x')).rejects.toEqual(code('NOT_FOUND'))
    const other = parsePatch([{ op: 'replace', path: '/permanent', value: true }])
    const attempt = patchGroup(repository)(admin, { id, patch: other, expected: 'any' })
    await expect(attempt).rejects.toEqual(code('PATCH_INVALID'))
  })

  test('is refused for permanent groups and those with a role, by name or as a whole', async () => {
    const remove = (id: string) => deleteGroup(repository)(admin, { id, expected: 'any' })
    for (const id of [ANONYMOUS_GROUP, ADMINISTRATOR_GROUP, roleGroup]) {
      await expect(rename(admin, id, 'other')).rejects.toEqual(code('INVALID'))
      await expect(remove(id)).rejects.toEqual(code('INVALID'))
    }
    const patch = parsePatch([{ op: 'add', path: '/metadata/dc.description', value: [{ value: 'All' }] }])
    const described = patchGroup(repository)(admin, { id: ANONYMOUS_GROUP, patch, expected: 'any' })
    expect(await described).toMatchObject({ name: 'Anonymous', version: 2 })
  })

  test('deletes it for administrators', async () => {
    const id = await add('short lived')
    const remove = (actor: Actor, expected: number | 'any') =>
      deleteGroup(repository)(actor, { id, expected })
    await expect(remove(manager, 'any')).rejects.toEqual(code('NOT_ALLOWED'))
    await expect(remove(admin, 9)).rejects.toEqual(code('VERSION_CONFLICT'))
    await remove(admin, 1)
    await expect(remove(admin, 'any')).rejects.toEqual(code('NOT_FOUND'))
  })
})

describe('who is in a group', () => {
  test('is changed by administrators, and for a role by those who administer its collection', async () => {
    const other = await add('other')
    const inner = await add('inner')
    const personId = person.personId ?? ''
    const changes = [
      (actor: Actor, groupId: string) => addMembers(repository)(actor, { groupId, personIds: [personId] }),
      (actor: Actor, groupId: string) => removeMember(repository)(actor, { groupId, personId }),
      (actor: Actor, groupId: string) => addSubgroups(repository)(actor, { groupId, subgroupIds: [inner] }),
      (actor: Actor, groupId: string) => removeSubgroup(repository)(actor, { groupId, subgroupId: inner }),
    ]
    for (const change of changes) {
      await change(manager, roleGroup)
      await change(admin, other)
      await expect(change(manager, other)).rejects.toEqual(code('NOT_ALLOWED'))
      await expect(change(manager, ADMINISTRATOR_GROUP)).rejects.toEqual(code('NOT_ALLOWED'))
      await expect(change(person, roleGroup)).rejects.toEqual(code('NOT_ALLOWED'))
      await expect(change(anonymous, roleGroup)).rejects.toEqual(code('NOT_SIGNED_IN'))
      await expect(change(admin, crypto.randomUUID())).rejects.toEqual(code('NOT_FOUND'))
    }
  })

  test('are people and groups that exist', async () => {
    const groupId = await add('strict')
    const nobody = crypto.randomUUID()
    const known = person.personId ?? ''
    const attempts = [
      () => addMembers(repository)(admin, { groupId, personIds: [known, nobody] }),
      () => removeMember(repository)(admin, { groupId, personId: nobody }),
      () => addSubgroups(repository)(admin, { groupId, subgroupIds: [nobody] }),
      () => removeSubgroup(repository)(admin, { groupId, subgroupId: nobody }),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toEqual(code('REFERENCE_INVALID'))
    expect((await listMembers(repository)(admin, groupId, page)).total).toBe(0)
    const itself = addSubgroups(repository)(admin, { groupId, subgroupIds: [groupId] })
    await expect(itself).rejects.toEqual(code('INVALID', 'subgroups'))
  })

  test('shows in its lists', async () => {
    const groupId = await add('listed')
    const subgroup = await add('listed within')
    const personId = person.personId ?? ''
    await addMembers(repository)(admin, { groupId, personIds: [personId, personId] })
    await addSubgroups(repository)(admin, { groupId, subgroupIds: [subgroup, subgroup] })
    expect((await listMembers(repository)(admin, groupId, page)).elements).toMatchObject([{ id: personId }])
    expect((await listSubgroups(repository)(admin, groupId, page)).elements).toMatchObject([{ id: subgroup }])
    await removeMember(repository)(admin, { groupId, personId })
    await removeSubgroup(repository)(admin, { groupId, subgroupId: subgroup })
    expect((await listMembers(repository)(admin, groupId, page)).total).toBe(0)
    expect((await listSubgroups(repository)(admin, groupId, page)).total).toBe(0)
  })
})
