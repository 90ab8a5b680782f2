import { randomUUID } from 'node:crypto'
import type { Actor } from '../../src/domain/access/actor.ts'
import type { Community, Collection } from '../../src/domain/records/record.ts'
import type { NamingConfig } from '../../src/domain/records/identifiers.ts'
import type { HitWindows } from '../../src/domain/limits/hit-windows.ts'
import type { Reading, UnitOfWork } from '../../src/domain/unit-of-work.ts'
import type { Database } from '../../src/postgres/database.ts'
import { memoryHitWindows } from '../../src/limits/memory-hit-windows.ts'
import { postgresReading, postgresUnitOfWork } from '../../src/postgres/postgres-unit-of-work.ts'
import { argon2Hasher } from '../../src/security/argon2-hasher.ts'
import { prepareRepository, type FirstStart } from '../../src/services/first-start/prepare-repository.ts'
import { catchUpIndex } from '../../src/services/search/catch-up-index.ts'
import { upToDate } from '../../src/services/search/up-to-date.ts'
import { testDatabase } from './test-database.ts'

/** The moment at which the tests' clock stands. */
export const NOW = new Date('2026-11-21T12:00:00.000Z')
export const ADMINISTRATOR = { email: 'admin@example.org', password: 'correct horse' }
const NAMING = { handlePrefix: '123456789', handleResolver: 'https://hdl.handle.net/', pidNamespace: 'test' }

/** The world of files has others, see `file-world.ts`. */
export const NO_FILES = { open: () => Promise.reject(new Error('This repository has no files')) }

/** A repository after its first start, and what tests need of it. */
export interface TestRepository {
  readonly database: Database
  readonly databaseUrl: string
  readonly reading: Reading
  readonly unitOfWork: UnitOfWork
  readonly clock: () => Date
  readonly naming: NamingConfig
  readonly passwords: ReturnType<typeof argon2Hasher>
  readonly hits: HitWindows
  readonly prepare: (input?: FirstStart) => ReturnType<ReturnType<typeof prepareRepository>>
  /** The first administrator. */
  readonly administrator: Actor
  /** The person as an actor, with every right as of now. */
  readonly actor: (personId: string) => Promise<Actor>
  /** A person who may log in, without a password. */
  readonly addPerson: (email: string) => Promise<string>
  readonly addCommunity: (parentId?: string | null) => Promise<Community>
  readonly addCollection: (parentId: string) => Promise<Collection>
  readonly stop: () => Promise<void>
}

/** Starts a repository on a PostgreSQL of its own. */
export async function testRepository(): Promise<TestRepository> {
  const { database, url, stop } = await testDatabase()
  const stored = postgresReading(database.read)
  const unitOfWork = postgresUnitOfWork(database.transact, { naming: NAMING, onCommitted: () => undefined })
  const deps = {
    reading: upToDate(stored, catchUpIndex({ reading: stored, unitOfWork, contents: NO_FILES })),
    unitOfWork,
    clock: () => NOW,
    naming: NAMING,
    passwords: argon2Hasher(),
    hits: memoryHitWindows(() => NOW),
  }
  const { reading } = deps
  const prepare = prepareRepository(deps)
  const first = { siteName: 'Test', administrator: ADMINISTRATOR }
  const made = await prepare(first)
  if (made === undefined) throw new Error('The first start made no administrator')
  const actor = async (personId: string): Promise<Actor> => {
    const found = await reading.actors.person(personId)
    if (found === undefined) throw new Error(`Nobody is ${personId}`)
    return found
  }
  const base = () => ({ id: randomUUID(), metadata: {}, version: 1, createdAt: NOW, modifiedAt: NOW })
  return {
    ...deps,
    database,
    databaseUrl: url,
    prepare: (input = first) => prepare(input),
    administrator: await actor(made.personId),
    actor,
    stop,
    async addPerson(email) {
      const person = { kind: 'person' as const, ...base(), email, netid: null, canLogIn: true }
      const rest = { requireCertificate: false, selfRegistered: false, lastActive: null }
      await unitOfWork((tx) => tx.people.insert({ ...person, ...rest }, null))
      return person.id
    },
    addCommunity: (parentId = null) =>
      unitOfWork(async (tx) => {
        const names = await tx.identifiers.assign()
        const community = { kind: 'community' as const, ...base(), ...names, parentId, logoId: null }
        await tx.communities.insert(community)
        return community
      }),
    addCollection: (parentId) =>
      unitOfWork(async (tx) => {
        const names = await tx.identifiers.assign()
        const collection = { kind: 'collection' as const, ...base(), ...names, parentId, logoId: null }
        await tx.collections.insert(collection)
        return collection
      }),
  }
}
