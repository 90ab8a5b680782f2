import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ANONYMOUS_GROUP } from '../../src/domain/access/actor.ts'
import type { ActorReader } from '../../src/domain/access/actor-reader.ts'
import { groupPolicy } from '../../src/domain/access/policy.ts'
import { postgresActorReader } from '../../src/postgres/access/postgres-actor-reader.ts'
import { watchRights } from '../../src/postgres/access/watch-rights.ts'
import { hearAnnouncements, type Announcements } from '../../src/postgres/announcements.ts'
import { createGroup } from '../../src/services/people/create-group.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

/** Another process, as far as the watch knows, which hears nothing of its own connections. */
let repository: TestRepository
let announcements: Announcements
let actors: ActorReader
let forget: () => void

beforeAll(async () => {
  repository = await testRepository()
})

afterAll(() => repository.stop())

beforeEach(async () => {
  const { databaseUrl, database } = repository
  const own = {
    onAnnounced(listener: (channel: string) => void) {
      forget = () => listener('hexapla_rights')
      return () => undefined
    },
  }
  announcements = hearAnnouncements({ url: databaseUrl }, own)
  actors = watchRights(announcements, postgresActorReader(database.read))
  await remembered()
})

afterEach(() => announcements.stop())

async function remembered(): Promise<void> {
  await expect.poll(statements).toBe(0)
}

/** How many statements a second visitor costs. */
async function statements(): Promise<number> {
  await actors.anonymous()
  let count = 0
  const stop = repository.database.onStatement(() => count++)
  await actors.anonymous()
  stop()
  return count
}

const addGroup = async (name: string): Promise<string> =>
  (await createGroup(repository)(repository.administrator, { name, metadata: {} })).id
const signIn = async (personId: string): Promise<string> => {
  const sessionId = randomUUID()
  await repository.unitOfWork((tx) => tx.people.openSession(personId, sessionId))
  return sessionId
}
const groupIds = async () => (await actors.anonymous()).groupIds

describe('anonymous visitors', () => {
  test('get new groups as soon as another process gives and takes them', async () => {
    const id = await addGroup('given')
    await repository.unitOfWork((tx) => tx.groups.addSubgroups(id, [ANONYMOUS_GROUP]))
    await expect.poll(groupIds).toContain(id)
    expect(await statements()).toBe(0)
    await repository.unitOfWork((tx) => tx.groups.removeSubgroup(id, ANONYMOUS_GROUP))
    await expect.poll(groupIds).toEqual([ANONYMOUS_GROUP])
    expect(await statements()).toBe(0)
  })

  test('lose a permission as soon as another process takes it', async () => {
    const search = 'ISLANDORA_SOLR_SEARCH_PERM'
    const permissions = async () => (await actors.anonymous()).permissions
    expect(await permissions()).toContain(search)
    await repository.unitOfWork((tx) => tx.permissions.take('anonymous', [search]))
    await expect.poll(permissions).not.toContain(search)
    expect(await statements()).toBe(0)
    await repository.unitOfWork((tx) => tx.permissions.give('anonymous', [search]))
  })

  test('are read anew each time while their groups administer something', async () => {
    const community = await repository.addCommunity()
    await repository.unitOfWork((tx) =>
      tx.policies.insert([groupPolicy(community.id, 'ADMIN', ANONYMOUS_GROUP)]),
    )
    const administers = async () => (await actors.anonymous()).administers
    await expect.poll(administers).toEqual([community.id])
    const collection = await repository.addCollection(community.id)
    expect((await administers()).toSorted()).toEqual([community.id, collection.id].toSorted())
    await repository.unitOfWork((tx) => tx.policies.remove([community.id], { action: 'ADMIN' }))
    await expect.poll(administers).toEqual([])
    await expect.poll(statements).toBe(0)
  })

  test('are read anew each time while PostgreSQL cannot tell, and remembered again when it can', async () => {
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'hexapla listening' and datname = current_database()
    `.execute(repository.database.write)
    await expect.poll(statements).toBe(1)
    const id = await addGroup('unheard')
    await repository.unitOfWork((tx) => tx.groups.addSubgroups(id, [ANONYMOUS_GROUP]))
    expect(await groupIds()).toContain(id)
    await expect.poll(statements).toBe(0)
    expect(await groupIds()).toContain(id)
    await repository.unitOfWork((tx) => tx.groups.removeSubgroup(id, ANONYMOUS_GROUP))
    await expect.poll(groupIds).not.toContain(id)
  })

  test('share one statement when many come at once, and its failure is not remembered', async () => {
    const failing = { ...postgresActorReader(repository.database.read) }
    let calls = 0
    failing.anonymous = async () => {
      calls += 1
      throw new Error('Broken')
    }
    forget()
    let count = 0
    const stop = repository.database.onStatement(() => count++)
    await Promise.all(Array.from({ length: 20 }, () => actors.anonymous()))
    stop()
    expect(count).toBe(1)
    const broken = watchRights(announcements, failing)
    await expect(broken.anonymous()).rejects.toThrow('Broken')
    await expect(broken.anonymous()).rejects.toThrow('Broken')
    expect(calls).toBe(2)
  })
})

describe('people', () => {
  let personId: string
  let session: { sessionId: string }
  beforeEach(async () => {
    personId = await repository.addPerson(`${randomUUID()}@example.org`)
    session = { sessionId: await signIn(personId) }
  })

  const find = () => actors.person(personId, session)
  const statementsOf = async (work: () => Promise<unknown>) => {
    let count = 0
    const stop = repository.database.onStatement(() => count++)
    await work()
    stop()
    return count
  }
  const cost = () => statementsOf(find)

  test('cost a statement once, and those with another session one each', async () => {
    await expect.poll(cost).toBe(0)
    expect((await find())?.personId).toBe(personId)
    const forged = () => actors.person(personId, { sessionId: randomUUID() })
    expect(await statementsOf(forged)).toBe(1)
    expect(await forged()).toBeUndefined()
    expect(await statementsOf(() => actors.person(personId))).toBe(1)
    const special = await addGroup(randomUUID())
    const given = await actors.person(personId, { ...session, specialGroupIds: [special] })
    expect(given?.groupIds).toContain(special)
    expect((await find())?.groupIds).not.toContain(special)
  })

  test('are in a group as long as somebody says so', async () => {
    const id = await addGroup(randomUUID())
    await find()
    await repository.unitOfWork((tx) => tx.groups.addPeople(id, [personId]))
    await expect.poll(async () => (await find())?.groupIds).toContain(id)
    await repository.unitOfWork((tx) => tx.groups.removePerson(id, personId))
    await expect.poll(async () => (await find())?.groupIds).not.toContain(id)
  })

  test('are nobody once their session has ended, they may not log in, or they are gone', async () => {
    await find()
    await repository.unitOfWork((tx) => tx.people.endSessions(personId))
    await expect.poll(find).toBeUndefined()
    await repository.unitOfWork((tx) => tx.people.openSession(personId, session.sessionId))
    await expect.poll(cost).toBe(0)
    await sql`update person set can_log_in = false where id = ${personId}`.execute(repository.database.write)
    await expect.poll(find).toBeUndefined()
    await sql`update person set can_log_in = true where id = ${personId}`.execute(repository.database.write)
    await expect.poll(cost).toBe(0)
    await sql`delete from person where id = ${personId}`.execute(repository.database.write)
    await expect.poll(find).toBeUndefined()
  })

  test('are read anew each time while they administer something, also what was an item when they were told so', async () => {
    const community = await repository.addCommunity()
    const policy = { ...groupPolicy(community.id, 'ADMIN', ANONYMOUS_GROUP), groupId: null, personId }
    await repository.unitOfWork((tx) => tx.policies.insert([policy]))
    await expect.poll(async () => (await find())?.administers).toEqual([community.id])
    expect(await cost()).toBe(1)
    await sql`update record set kind = 'item' where id = ${community.id}`.execute(repository.database.write)
    await expect.poll(cost).toBe(0)
    await sql`update record set kind = 'community' where id = ${community.id}`.execute(
      repository.database.write,
    )
    await expect.poll(async () => (await find())?.administers).toEqual([community.id])
  })
})

test('what this process changes itself counts at once, for whoever asks next', async () => {
  const { databaseUrl, database } = repository
  const heard = hearAnnouncements({ url: databaseUrl }, database)
  const own = watchRights(heard, postgresActorReader(database.read))
  const personId = await repository.addPerson('own@example.org')
  const sessionId = await signIn(personId)
  const find = () => own.person(personId, { sessionId })
  const id = await addGroup('at once')
  const isRemembered = async () => {
    const known = find()
    await known
    return find() === known
  }
  await expect.poll(isRemembered).toBe(true)
  for (let round = 0; round < 50; round += 1) {
    expect((await find())?.groupIds).not.toContain(id)
    await repository.unitOfWork((tx) => tx.groups.addPeople(id, [personId]))
    expect((await find())?.groupIds).toContain(id)
    await repository.unitOfWork((tx) => tx.groups.removePerson(id, personId))
  }
  await heard.stop()
})
