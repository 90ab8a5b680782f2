import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/domain/access/actor.ts'
import { groupPolicy } from '../../src/domain/access/policy.ts'
import { metadataValue } from '../../src/domain/metadata/metadata.ts'
import { logIn } from '../../src/services/access/log-in.ts'
import { createPerson } from '../../src/services/people/create-person.ts'
import { deletePerson } from '../../src/services/people/delete-person.ts'
import { findPerson } from '../../src/services/people/find-person.ts'
import { listGroupsOfPerson } from '../../src/services/people/list-groups-of-person.ts'
import { listPeople } from '../../src/services/people/list-people.ts'
import { readPerson } from '../../src/services/people/read-person.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

let repository: TestRepository
let admin: Actor
let manager: Actor
let person: Actor
let anonymous: Actor

beforeAll(async () => {
  repository = await testRepository()
  admin = repository.administrator
  const community = await repository.addCommunity()
  const managerId = await repository.addPerson('manager@example.org')
  const policy = { ...groupPolicy(community.id, 'ADMIN', ''), groupId: null, personId: managerId }
  await repository.unitOfWork((tx) => tx.policies.insert([policy]))
  manager = await repository.actor(managerId)
  person = await repository.actor(await repository.addPerson('person@example.org'))
  anonymous = await repository.reading.actors.anonymous()
})

afterAll(() => repository.stop())

const page = { number: 0, size: 20 }
const code = (expected: string, field?: string) =>
  expect.objectContaining({
    code: expected,
    ...(field === undefined ? {} : { data: expect.objectContaining({ field }) }),
  })

describe('creating a person', () => {
  test('gives an account that can be used at once', async () => {
    const input = {
      email: ' Ada@Example.org',
      metadata: { 'eperson.firstname': [metadataValue('Ada')] },
      password: 'analytical engine',
      netid: 'ada',
    }
    const created = await createPerson(repository)(admin, input)
    expect(created).toMatchObject({
      email: 'ada@example.org',
      netid: 'ada',
      canLogIn: true,
      selfRegistered: false,
    })
    expect(await readPerson(repository)(admin, created.id)).toEqual(created)
    const session = await logIn(repository)({
      address: '127.0.0.1',
      email: 'ada@example.org',
      password: input.password,
    })
    expect(session.personId).toBe(created.id)
  })

  test.each([
    [{ email: 'nowhere' }, 'INVALID', 'email'],
    [{ email: '' }, 'INVALID', 'email'],
    [{ email: 'PERSON@example.org' }, 'CONFLICT', 'email'],
    [{ email: 'short@example.org', password: 'short' }, 'INVALID', 'password'],
    [{ email: 'x@example.org', metadata: { 'no.field': [metadataValue('x')] } }, 'FIELD_UNKNOWN', 'no.field'],
  ])('refuses %j', async (input, expected, field) => {
    const attempt = createPerson(repository)(admin, { metadata: {}, ...input })
    await expect(attempt).rejects.toEqual(code(expected, field))
  })

  test('is for administrators', async () => {
    const create = (actor: Actor) =>
      createPerson(repository)(actor, { email: 'no@example.org', metadata: {} })
    await expect(create(anonymous)).rejects.toEqual(code('NOT_SIGNED_IN'))
    await expect(create(manager)).rejects.toEqual(code('NOT_ALLOWED'))
  })
})

describe('reading people', () => {
  test('is for oneself and for those who manage accounts', async () => {
    const id = person.personId ?? ''
    const groups = listGroupsOfPerson(repository)
    for (const actor of [person, manager, admin]) {
      expect(await readPerson(repository)(actor, id)).toMatchObject({ email: 'person@example.org' })
      expect(await groups(actor, id, page)).toMatchObject({ total: 0 })
    }
    const other = manager.personId ?? ''
    await expect(readPerson(repository)(person, other)).rejects.toEqual(code('NOT_ALLOWED'))
    await expect(groups(person, other, page)).rejects.toEqual(code('NOT_ALLOWED'))
    await expect(readPerson(repository)(anonymous, id)).rejects.toEqual(code('NOT_SIGNED_IN'))
    await expect(readPerson(repository)(admin, crypto.randomUUID())).rejects.toEqual(code('NOT_FOUND'))
  })

  test('in lists and by address is for those who manage accounts', async () => {
    const find = (actor: Actor) => findPerson(repository)(actor, { email: ' PERSON@example.org' })
    const list = (actor: Actor) => listPeople(repository)(actor, { words: 'person' }, page)
    for (const actor of [manager, admin]) {
      expect(await find(actor)).toMatchObject({ id: person.personId })
      expect((await list(actor)).elements).toMatchObject([{ id: person.personId }])
    }
    for (const attempt of [find, list]) {
      await expect(attempt(person)).rejects.toEqual(code('NOT_ALLOWED'))
      await expect(attempt(anonymous)).rejects.toEqual(code('NOT_SIGNED_IN'))
    }
    expect(await findPerson(repository)(admin, { email: 'nobody@example.org' })).toBeUndefined()
  })
})

describe('deleting a person', () => {
  test('is for administrators, at the version expected', async () => {
    const id = await repository.addPerson('leaving@example.org')
    const remove = (actor: Actor, expected: number | 'any') =>
      deletePerson(repository)(actor, { id, expected })
    await expect(remove(anonymous, 'any')).rejects.toEqual(code('NOT_SIGNED_IN'))
    await expect(remove(await repository.actor(id), 'any')).rejects.toEqual(code('NOT_ALLOWED'))
    await expect(remove(admin, 9)).rejects.toEqual(code('VERSION_CONFLICT'))
    await remove(admin, 1)
    await expect(remove(admin, 'any')).rejects.toEqual(code('NOT_FOUND'))
    expect(await repository.reading.actors.person(id)).toBeUndefined()
  })
})
