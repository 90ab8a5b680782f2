import { deepEqual, equal, notEqual, ok, rejects } from 'node:assert/strict'
import { SessionEndedError, Sessions } from '@hexapla/rest'
import type { ContractCase } from './contract-case.ts'

/** What holds for sessions on every store; the cases of rest-tools' `session_test.py` are among them. */
export const sessionsContract: readonly ContractCase[] = [
  {
    name: 'a session lives while it is used, and ends when it is not',
    run: async ({ store, clock }) => {
      const sessions = new Sessions({ store, idleSeconds: 100, now: clock.now })
      const { id } = await sessions.create({ username: 'Alice' })
      clock.pass(30)
      const found = await sessions.find(id)
      deepEqual(found?.data, { username: 'Alice' })
      clock.pass(80)
      ok(await sessions.find(id))
      clock.pass(80)
      ok(await sessions.find(id))
      clock.pass(100)
      equal(await sessions.find(id), undefined)
    },
  },
  {
    name: 'to change a session is to use it',
    run: async ({ store, clock }) => {
      const sessions = new Sessions({ store, idleSeconds: 100, now: clock.now })
      const session = await sessions.create({ username: 'Alice' })
      clock.pass(50)
      const changed = await sessions.update(session, (data) => ({ ...data, foo: 'bar' }))
      clock.pass(70)
      deepEqual((await sessions.find(session.id))?.data, { username: 'Alice', foo: 'bar' })
      await sessions.update(changed, ({ username }) => ({ username }))
      clock.pass(70)
      deepEqual((await sessions.find(session.id))?.data, { username: 'Alice' })
    },
  },
  {
    name: 'what was there before a change is gone after it',
    run: async ({ store, clock }) => {
      const sessions = new Sessions({ store, now: clock.now })
      const session = await sessions.create({ username: 'Alice' })
      await sessions.update(session, () => ({ email: 'alice@example.com' }))
      deepEqual((await sessions.find(session.id))?.data, { email: 'alice@example.com' })
    },
  },
  {
    name: 'a session ends at last, however much it is used',
    run: async ({ store, clock }) => {
      const options = { idleSeconds: 100, absoluteSeconds: 250, now: clock.now }
      const sessions = new Sessions({ store, ...options })
      const { id } = await sessions.create({})
      for (let use = 0; use < 3; use++) {
        clock.pass(80)
        ok(await sessions.find(id))
      }
      clock.pass(10)
      equal(await sessions.find(id), undefined)
    },
  },
  {
    name: 'a deleted session is gone',
    run: async ({ store, clock }) => {
      const sessions = new Sessions({ store, now: clock.now })
      const session = await sessions.create({ key: 'value' })
      ok(await sessions.find(session.id))
      equal(await sessions.delete(session.id), true)
      equal(await sessions.find(session.id), undefined)
      equal(await sessions.delete(session.id), false)
      await rejects(
        sessions.update(session, (data) => data),
        (error) => error instanceof SessionEndedError && error.code === 'session-ended',
      )
    },
  },
  {
    name: 'ended sessions are swept',
    run: async ({ store, clock }) => {
      const sessions = new Sessions({ store, idleSeconds: 0.1, now: clock.now })
      const { id } = await sessions.create({ username: 'Alice' })
      clock.pass(0.11)
      await sessions.sweep()
      equal(await sessions.find(id), undefined)
    },
  },
  {
    name: 'nothing is lost of changes at the same time',
    run: async ({ store, clock }) => {
      const sessions = new Sessions<{ count: number }>({ store, now: clock.now })
      const session = await sessions.create({ count: 0 })
      await Promise.all(
        Array.from({ length: 10 }, () => sessions.update(session, ({ count }) => ({ count: count + 1 }))),
      )
      deepEqual((await sessions.find(session.id))?.data, { count: 10 })
    },
  },
  {
    name: 'ids are long and random, and others than those given out are none',
    run: async ({ store, clock }) => {
      const sessions = new Sessions({ store, now: clock.now })
      const [one, two] = await Promise.all([sessions.create({}), sessions.create({})])
      notEqual(one.id, two.id)
      equal(Buffer.from(one.id, 'base64url').length, 32)
      for (const id of ['', '../x', `${one.id}A`, one.id.slice(1), one.id.toLowerCase()]) {
        equal(await sessions.find(id), undefined)
        equal(await sessions.delete(id), false)
      }
    },
  },
  {
    name: 'what is stored shows neither id nor content',
    run: async ({ store, clock }) => {
      const seen: string[] = []
      const spied = {
        ...store,
        create: (key: string, session: Parameters<typeof store.create>[1]) => {
          seen.push(key, session.data)
          return store.create(key, session)
        },
      }
      const sessions = new Sessions({ store: spied, now: clock.now })
      const { id } = await sessions.create({ refreshToken: 'very-secret' })
      equal(seen.length, 2)
      for (const text of seen) ok(!text.includes(id) && !text.includes('very-secret'))
      // The key of a record in the store is not an id.
      equal(await sessions.find(seen[0] ?? ''), undefined)
    },
  },
]
