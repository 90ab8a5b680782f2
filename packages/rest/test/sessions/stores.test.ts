import { randomUUID } from 'node:crypto'
import { memorySessionStore, postgresSessionStore, Sessions, sessionTableSql } from '@hexapla/rest'
import { Client, Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { testClock, type TestClock } from './contract-case.ts'
import { sessionsContract } from './sessions-contract.ts'
import { storeContract } from './store-contract.ts'

const contract = [...storeContract, ...sessionsContract]

describe('in memory', () => {
  test.each(contract)('$name', async ({ run }) => {
    const clock = testClock()
    const store = memorySessionStore({ now: clock.now })
    await expect(run({ store, clock })).resolves.toBeUndefined()
  })

  test('the session that was not used for the longest time ends when there are too many', async () => {
    const clock = testClock()
    const store = memorySessionStore({ maxSessions: 2, now: clock.now })
    const sessions = new Sessions({ store, idleSeconds: 100, now: clock.now })
    const first = await sessions.create({})
    const second = await sessions.create({})
    clock.pass(50)
    expect(await sessions.find(first.id)).toBeDefined()
    const third = await sessions.create({})
    const alive = await Promise.all([first, second, third].map(({ id }) => sessions.find(id)))
    expect(alive.map((session) => session !== undefined)).toEqual([true, false, true])
  })
})

describe('in PostgreSQL', () => {
  const name = `sessions_${randomUUID().replaceAll('-', '')}`
  const admin = new Client({ connectionString: inject('testPostgres') })
  let pool: Pool
  beforeAll(async () => {
    await admin.connect()
    await admin.query(`create database ${name}`)
    const url = inject('testPostgres').replace(/^(postgresql:\/\/[^/]*\/)[^?]*/, `$1${name}`)
    pool = new Pool({ connectionString: url })
    await Promise.all(Array.from({ length: 5 }, () => pool.query(sessionTableSql())))
  })
  afterAll(async () => {
    await pool.end()
    await admin.query(`drop database ${name}`)
    await admin.end()
  })
  const store = (clock: TestClock) => postgresSessionStore({ pool, now: clock.now })

  test.each(contract)('$name', async ({ run }) => {
    const clock = testClock()
    await expect(run({ store: store(clock), clock })).resolves.toBeUndefined()
  })

  test('beginning a session sweeps the table once a minute', async () => {
    const clock = testClock()
    const sessions = new Sessions({ store: store(clock), idleSeconds: 1, now: clock.now })
    const rows = async () => (await pool.query('select from hexapla_sessions')).rowCount
    await sessions.create({})
    clock.pass(30)
    await sessions.create({})
    expect(await rows()).toBeGreaterThan(1)
    clock.pass(10_000)
    await sessions.create({})
    expect(await rows()).toBe(1)
  })

  test('the table may have another name, but no other statement in it', async () => {
    await pool.query(`create schema login; ${sessionTableSql('login.kept')}`)
    const sessions = new Sessions({ store: postgresSessionStore({ pool, table: 'login.kept' }) })
    const { id } = await sessions.create({})
    expect(await sessions.find(id)).toBeDefined()
    expect(() => sessionTableSql('kept; drop table x')).toThrow(TypeError)
    expect(() => postgresSessionStore({ pool, table: '"kept"' })).toThrow(TypeError)
  })
})
