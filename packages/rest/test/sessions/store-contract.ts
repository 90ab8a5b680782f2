import { deepEqual, equal, rejects } from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { ContractCase } from './contract-case.ts'

/** What holds for every session store. */
export const storeContract: readonly ContractCase[] = [
  {
    name: 'keeps what it is given, and knows nothing else',
    run: async ({ store, clock }) => {
      const [key, other] = [randomUUID(), randomUUID()]
      const session = { data: `${'ü€𝄞\n'.repeat(30_000)}:1:`, version: 1, expiresAt: clock.now() + 60_000 }
      await store.create(key, session)
      deepEqual(await store.read(key), session)
      equal(await store.read(other), undefined)
      equal(await store.delete(other), false)
    },
  },
  {
    name: 'refuses a key that is taken',
    run: async ({ store, clock }) => {
      const key = randomUUID()
      const session = { data: 'first', version: 1, expiresAt: clock.now() + 60_000 }
      await store.create(key, session)
      await rejects(store.create(key, { ...session, data: 'second' }))
      equal((await store.read(key))?.data, 'first')
    },
  },
  {
    name: 'replaces the predecessor and nothing else',
    run: async ({ store, clock }) => {
      const key = randomUUID()
      const expiresAt = clock.now() + 60_000
      await store.create(key, { data: 'one', version: 1, expiresAt })
      equal(await store.replace(key, { data: 'three', version: 3, expiresAt }), false)
      equal(await store.replace(key, { data: 'two', version: 2, expiresAt: expiresAt + 5 }), true)
      equal(await store.replace(key, { data: 'late', version: 2, expiresAt }), false)
      deepEqual(await store.read(key), { data: 'two', version: 2, expiresAt: expiresAt + 5 })
      equal(await store.replace(randomUUID(), { data: 'new', version: 1, expiresAt }), false)
    },
  },
  {
    name: 'lets one of many writers be the first',
    run: async ({ store, clock }) => {
      const key = randomUUID()
      const expiresAt = clock.now() + 60_000
      await store.create(key, { data: '', version: 11, expiresAt })
      const writers = Array.from({ length: 20 }, (_, writer) => ({
        data: String(writer),
        version: 12,
        expiresAt,
      }))
      const outcomes = await Promise.all(writers.map((session) => store.replace(key, session)))
      equal(outcomes.filter(Boolean).length, 1)
      equal((await store.read(key))?.data, String(outcomes.indexOf(true)))
    },
  },
  {
    name: 'forgets what is deleted',
    run: async ({ store, clock }) => {
      const key = randomUUID()
      const expiresAt = clock.now() + 60_000
      await store.create(key, { data: '', version: 1, expiresAt })
      equal(await store.delete(key), true)
      equal(await store.read(key), undefined)
      equal(await store.delete(key), false)
      equal(await store.replace(key, { data: '', version: 2, expiresAt }), false)
    },
  },
  {
    name: 'ends sessions in time',
    run: async ({ store, clock }) => {
      const [short, long] = [randomUUID(), randomUUID()]
      await store.create(short, { data: '', version: 1, expiresAt: clock.now() + 10 })
      await store.create(long, { data: '', version: 1, expiresAt: clock.now() + 60_000 })
      // Redis ends sessions by a clock of its own.
      await new Promise((resolve) => setTimeout(resolve, 30))
      clock.pass(0.01)
      equal(await store.read(short), undefined)
      equal(await store.replace(short, { data: '', version: 2, expiresAt: clock.now() + 60_000 }), false)
      equal(await store.delete(short), false)
      await store.sweep()
      equal((await store.read(long))?.version, 1)
      equal(await store.sweep(), 0)
    },
  },
]
