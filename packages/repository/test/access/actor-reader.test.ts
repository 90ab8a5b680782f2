import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMINISTRATOR_GROUP, ANONYMOUS_GROUP, type Actor } from '../../src/domain/access/actor.ts'
import { groupPolicy, type NewPolicy } from '../../src/domain/access/policy.ts'
import { actOnBehalf } from '../../src/services/access/act-on-behalf.ts'
import { createGroup } from '../../src/services/people/create-group.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

let repository: TestRepository

beforeAll(async () => {
  repository = await testRepository()
})

afterAll(() => repository.stop())

async function addGroup(name: string): Promise<string> {
  return (await createGroup(repository)(repository.administrator, { name, metadata: {} })).id
}

const inTransaction = (
  work: Parameters<TestRepository['unitOfWork']>[0],
): ReturnType<TestRepository['unitOfWork']> => repository.unitOfWork(work)

async function statementsOf<T>(work: () => Promise<T>): Promise<{ result: T; count: number }> {
  let count = 0
  const stop = repository.database.onStatement(() => count++)
  try {
    return { result: await work(), count }
  } finally {
    stop()
  }
}

describe('groups of an actor', () => {
  test('hold the groups that the person’s groups lie in, however deep, and Anonymous', async () => {
    const [outer, middle, inner, aside] = [
      await addGroup('outer'),
      await addGroup('middle'),
      await addGroup('inner'),
      await addGroup('aside'),
    ]
    const id = await repository.addPerson('nested@example.org')
    await inTransaction(async (tx) => {
      await tx.groups.addPeople(inner, [id])
      await tx.groups.addSubgroups(middle, [inner])
      await tx.groups.addSubgroups(outer, [middle, aside])
    })
    const { result, count } = await statementsOf(() => repository.actor(id))
    expect(result.groupIds.toSorted()).toEqual([ANONYMOUS_GROUP, outer, middle, inner].toSorted())
    expect(result.isAdministrator).toBe(false)
    expect(count).toBe(1)
  })

  test('are closed upwards for special groups too, and unknown ones give nothing', async () => {
    const [campus, staff] = [await addGroup('campus'), await addGroup('staff')]
    await inTransaction((tx) => tx.groups.addSubgroups(staff, [campus]))
    const id = await repository.addPerson('special@example.org')
    const sessionId = crypto.randomUUID()
    await inTransaction((tx) => tx.people.openSession(id, sessionId))
    const specialGroupIds = [campus, crypto.randomUUID()]
    const actor = await repository.reading.actors.person(id, { sessionId, specialGroupIds })
    expect(actor?.groupIds.toSorted()).toEqual([ANONYMOUS_GROUP, campus, staff].toSorted())
    expect(actor?.specialGroupIds).toEqual(specialGroupIds)
  })

  test('make an administrator through nesting', async () => {
    const team = await addGroup('administrators of the day')
    const id = await repository.addPerson('through.nesting@example.org')
    await inTransaction(async (tx) => {
      await tx.groups.addPeople(team, [id])
      await tx.groups.addSubgroups(ADMINISTRATOR_GROUP, [team])
    })
    expect((await repository.actor(id)).isAdministrator).toBe(true)
    await inTransaction((tx) => tx.groups.removeSubgroup(ADMINISTRATOR_GROUP, team))
    expect((await repository.actor(id)).isAdministrator).toBe(false)
  })

  test('are Anonymous and what it lies in for a visitor', async () => {
    expect((await repository.reading.actors.anonymous()).groupIds).toEqual([ANONYMOUS_GROUP])
    const everybody = await addGroup('everybody')
    await inTransaction((tx) => tx.groups.addSubgroups(everybody, [ANONYMOUS_GROUP]))
    const { result, count } = await statementsOf(() => repository.reading.actors.anonymous())
    expect(result.groupIds.toSorted()).toEqual([ANONYMOUS_GROUP, everybody].toSorted())
    expect(result).toMatchObject({ personId: null, isAdministrator: false, administers: [] })
    expect(count).toBe(1)
    await inTransaction((tx) => tx.groups.removeSubgroup(everybody, ANONYMOUS_GROUP))
  })
})

describe('what an actor administers', () => {
  test('is closed downwards over communities and collections, and nothing beside or above', async () => {
    const top = await repository.addCommunity()
    const middle = await repository.addCommunity(top.id)
    const bottom = await repository.addCommunity(middle.id)
    const collection = await repository.addCollection(bottom.id)
    await repository.addCollection(top.id)
    const managers = await addGroup('managers')
    const id = await repository.addPerson('manager@example.org')
    await inTransaction(async (tx) => {
      await tx.groups.addPeople(managers, [id])
      await tx.policies.insert([groupPolicy(middle.id, 'ADMIN', managers)])
    })
    const actor = await repository.actor(id)
    expect(actor.administers.toSorted()).toEqual([middle.id, bottom.id, collection.id].toSorted())
    expect(actor.isAdministrator).toBe(false)
  })

  test.each([
    { title: 'not before its first day', startDate: '2999-01-01', endDate: null, expected: 0 },
    { title: 'not after its last day', startDate: null, endDate: '2000-01-01', expected: 0 },
    { title: 'within its days', startDate: '2000-01-01', endDate: '2999-01-01', expected: 1 },
  ])('by a policy for the person, $title', async ({ startDate, endDate, expected }) => {
    const community = await repository.addCommunity()
    const id = await repository.addPerson(`dated.${startDate}.${endDate}@example.org`)
    const policy: NewPolicy = { ...groupPolicy(community.id, 'ADMIN', ''), groupId: null, personId: id }
    await inTransaction((tx) => tx.policies.insert([{ ...policy, startDate, endDate }]))
    expect((await repository.actor(id)).administers).toHaveLength(expected)
  })

  test('is not given by other actions', async () => {
    const community = await repository.addCommunity()
    const id = await repository.addPerson('writer@example.org')
    const policy: NewPolicy = { ...groupPolicy(community.id, 'WRITE', ''), groupId: null, personId: id }
    await inTransaction((tx) => tx.policies.insert([policy]))
    expect((await repository.actor(id)).administers).toEqual([])
  })
})

describe('a session', () => {
  test('must be the one that is open, of a person who may log in', async () => {
    const id = await repository.addPerson('session@example.org')
    const read = (sessionId: string) => repository.reading.actors.person(id, { sessionId })
    const sessionId = crypto.randomUUID()
    expect(await read(sessionId)).toBeUndefined()
    await inTransaction((tx) => tx.people.openSession(id, sessionId))
    expect(await read(sessionId)).toMatchObject({ personId: id })
    expect(await read(crypto.randomUUID())).toBeUndefined()
    await inTransaction(async (tx) => {
      const person = await tx.people.find(id)
      if (person !== undefined) await tx.people.update({ ...person, canLogIn: false })
    })
    expect(await read(sessionId)).toBeUndefined()
    expect(await repository.reading.actors.person(id)).toBeUndefined()
  })
})

describe('acting on behalf', () => {
  test('gives an administrator the rights of the other person', async () => {
    const id = await repository.addPerson('other@example.org')
    const other = await actOnBehalf(repository)(repository.administrator, id)
    expect(other).toMatchObject({ personId: id, isAdministrator: false })
  })

  test('is refused to others, for administrators and for nobody', async () => {
    const id = await repository.addPerson('another@example.org')
    const act = (actor: Actor, personId: string) => actOnBehalf(repository)(actor, personId)
    const anonymous = await repository.reading.actors.anonymous()
    await expect(act(anonymous, id)).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
    await expect(act(await repository.actor(id), id)).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    const itself = repository.administrator.personId ?? ''
    await expect(act(repository.administrator, itself)).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    const nobody = crypto.randomUUID()
    await expect(act(repository.administrator, nobody)).rejects.toMatchObject({ code: 'REFERENCE_INVALID' })
  })
})
