import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { ANONYMOUS_GROUP } from '../../src/domain/access/actor.ts'
import { groupPolicy } from '../../src/domain/access/policy.ts'
import { postgresActorReader } from '../../src/postgres/access/postgres-actor-reader.ts'
import { watchRights, type RightsWatch } from '../../src/postgres/access/watch-rights.ts'
import { createGroup } from '../../src/services/people/create-group.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

/** Another process, as far as the watch knows: it tells the watch nothing. */
let repository: TestRepository
let watch: RightsWatch

beforeAll(async () => {
  repository = await testRepository()
})

afterAll(() => repository.stop())

beforeEach(async () => {
  const { databaseUrl, database } = repository
  watch = watchRights({ url: databaseUrl }, postgresActorReader(database.read))
  await vi.waitFor(async () => {
    if ((await statements()) > 0) throw new Error('Nothing is remembered yet')
  })
})

afterEach(() => watch.stop())

/** How many statements a second visitor costs. */
async function statements(): Promise<number> {
  await watch.actors.anonymous()
  let count = 0
  const stop = repository.database.onStatement(() => count++)
  await watch.actors.anonymous()
  stop()
  return count
}

const addGroup = async (name: string): Promise<string> =>
  (await createGroup(repository)(repository.administrator, { name, metadata: {} })).id
const groupIds = async () => (await watch.actors.anonymous()).groupIds

describe('anonymous visitors', () => {
  test('get new groups as soon as another process gives and takes them', async () => {
    const id = await addGroup('given')
    await repository.unitOfWork((tx) => tx.groups.addSubgroups(id, [ANONYMOUS_GROUP]))
    await vi.waitFor(async () => expect(await groupIds()).toContain(id), { interval: 2, timeout: 3000 })
    expect(await statements()).toBe(0)
    await repository.unitOfWork((tx) => tx.groups.removeSubgroup(id, ANONYMOUS_GROUP))
    await vi.waitFor(async () => expect(await groupIds()).toEqual([ANONYMOUS_GROUP]), {
      interval: 2,
      timeout: 3000,
    })
    expect(await statements()).toBe(0)
  })

  test('lose a permission as soon as another process takes it', async () => {
    const search = 'ISLANDORA_SOLR_SEARCH_PERM'
    expect((await watch.actors.anonymous()).permissions).toContain(search)
    await repository.unitOfWork((tx) => tx.permissions.take('anonymous', [search]))
    await vi.waitFor(async () => expect((await watch.actors.anonymous()).permissions).not.toContain(search), {
      interval: 2,
      timeout: 3000,
    })
    expect(await statements()).toBe(0)
    await repository.unitOfWork((tx) => tx.permissions.give('anonymous', [search]))
  })

  test('get them at once when this process tells of its commit', async () => {
    for (let round = 0; round < 10; round++) {
      const id = await addGroup(`at once ${round}`)
      await repository.unitOfWork((tx) => tx.groups.addSubgroups(id, [ANONYMOUS_GROUP]))
      watch.forget()
      expect(await groupIds()).toContain(id)
      await repository.unitOfWork((tx) => tx.groups.delete(id))
      watch.forget()
      expect(await groupIds()).not.toContain(id)
    }
  })

  test('are read anew each time while their groups administer something', async () => {
    const community = await repository.addCommunity()
    await repository.unitOfWork((tx) =>
      tx.policies.insert([groupPolicy(community.id, 'ADMIN', ANONYMOUS_GROUP)]),
    )
    const administers = async () => (await watch.actors.anonymous()).administers
    await vi.waitFor(async () => expect(await administers()).toEqual([community.id]))
    const collection = await repository.addCollection(community.id)
    expect((await administers()).toSorted()).toEqual([community.id, collection.id].toSorted())
    await repository.unitOfWork((tx) => tx.policies.remove([community.id], { action: 'ADMIN' }))
    await vi.waitFor(async () => expect(await administers()).toEqual([]))
    await vi.waitFor(async () => expect(await statements()).toBe(0))
  })

  test('are read anew each time while PostgreSQL cannot tell, and remembered again when it can', async () => {
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'hexapla listening' and datname = current_database()
    `.execute(repository.database.write)
    await vi.waitFor(async () => expect(await statements()).toBe(1), { interval: 2, timeout: 3000 })
    const id = await addGroup('unheard')
    await repository.unitOfWork((tx) => tx.groups.addSubgroups(id, [ANONYMOUS_GROUP]))
    expect(await groupIds()).toContain(id)
    await vi.waitFor(async () => expect(await statements()).toBe(0), { interval: 50, timeout: 5000 })
    expect(await groupIds()).toContain(id)
    await repository.unitOfWork((tx) => tx.groups.removeSubgroup(id, ANONYMOUS_GROUP))
    await vi.waitFor(async () => expect(await groupIds()).not.toContain(id))
  })

  test('share one statement when many come at once, and its failure is not remembered', async () => {
    const failing = { ...postgresActorReader(repository.database.read) }
    let calls = 0
    failing.anonymous = async () => {
      calls += 1
      throw new Error('Broken')
    }
    watch.forget()
    let count = 0
    const stop = repository.database.onStatement(() => count++)
    await Promise.all(Array.from({ length: 20 }, () => watch.actors.anonymous()))
    stop()
    expect(count).toBe(1)
    const broken = watchRights({ url: repository.databaseUrl }, failing)
    await expect(broken.actors.anonymous()).rejects.toThrow('Broken')
    await expect(broken.actors.anonymous()).rejects.toThrow('Broken')
    expect(calls).toBe(2)
    await broken.stop()
  })
})
