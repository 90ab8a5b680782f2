import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMINISTRATOR_GROUP, ANONYMOUS_GROUP, type Actor } from '../../src/domain/access/actor.ts'
import { allows } from '../../src/domain/access/allows.ts'
import { dayOf } from '../../src/domain/clock.ts'
import { firstValue } from '../../src/domain/metadata/metadata.ts'
import { openDatabase, type Database } from '../../src/postgres/database.ts'
import { memoryHitWindows } from '../../src/limits/memory-hit-windows.ts'
import { postgresReading, postgresUnitOfWork } from '../../src/postgres/postgres-unit-of-work.ts'
import { BITSTREAM_FORMATS, METADATA_FIELDS, METADATA_SCHEMAS } from '../../src/registries/load-registries.ts'
import { argon2Hasher } from '../../src/security/argon2-hasher.ts'
import { logIn } from '../../src/services/access/log-in.ts'
import { prepareRepository } from '../../src/services/first-start/prepare-repository.ts'
import { deleteSchema } from '../../src/services/registries/delete-schema.ts'
import { testDatabase } from '../_support/test-database.ts'

const NOW = new Date('2026-11-21T12:00:00.000Z')
const naming = { handlePrefix: '123456789', handleResolver: 'https://hdl.handle.net/', pidNamespace: 'test' }
const input = { siteName: 'First', administrator: { email: ' Root@Example.org' } }
const all = { number: 0, size: 1000 }

let stop: () => Promise<void>
let processes: Database[]

/** What a process has: connections of its own to the one database. */
function depsOf(database: Database) {
  return {
    reading: postgresReading(database.read),
    unitOfWork: postgresUnitOfWork(database.transact, { naming, onCommitted: () => undefined }),
    clock: () => NOW,
    passwords: argon2Hasher(),
    hits: memoryHitWindows(() => NOW),
    naming,
  }
}

beforeAll(async () => {
  const { database, url, stop: stopServer } = await testDatabase()
  processes = [database, openDatabase({ url }), openDatabase({ url })]
  stop = async () => {
    await Promise.all(processes.slice(1).map((each) => each.close()))
    await stopServer()
  }
})

afterAll(() => stop())

describe('the first start', () => {
  let deps: ReturnType<typeof depsOf>
  /** What each process told: one of them made the administrator. */
  let passwords: string[]

  beforeAll(async () => {
    const outcomes = await Promise.all(processes.map((each) => prepareRepository(depsOf(each))(input)))
    passwords = outcomes.flatMap((made) => (made === undefined ? [] : [made.password]))
    const [first] = processes
    if (first === undefined) throw new Error('No process')
    deps = depsOf(first)
  })

  test('makes one administrator, whose random password works', async () => {
    const [password = '', ...others] = passwords
    expect(others).toEqual([])
    expect(password).toMatch(/^[\w-]{24}$/)
    const { personId, sessionId } = await logIn(deps)({
      email: 'root@example.org',
      password,
      address: '127.0.0.1',
    })
    const actor = await deps.reading.actors.person(personId, { sessionId })
    expect(actor?.isAdministrator).toBe(true)
  })

  test('makes the permanent groups, each within itself', async () => {
    const groups = await deps.reading.groups.findAll([ANONYMOUS_GROUP, ADMINISTRATOR_GROUP])
    expect([...groups.values()].map(({ name, permanent }) => ({ name, permanent }))).toEqual(
      expect.arrayContaining([
        { name: 'Anonymous', permanent: true },
        { name: 'Administrator', permanent: true },
      ]),
    )
  })

  test('makes a site that everybody may read', async () => {
    const site = await deps.reading.site.find()
    expect(site?.value).toMatchObject({ handle: '123456789/0', pid: 'test:site' })
    expect(firstValue(site?.value.metadata ?? {}, 'dc.title')).toBe('First')
    const anonymous: Actor = await deps.reading.actors.anonymous()
    expect(site && allows(anonymous, 'READ', site.access, dayOf(NOW))).toBe(true)
    expect(site && allows(anonymous, 'WRITE', site.access, dayOf(NOW))).toBe(false)
  })

  test('fills the registries with their ids, and later rows follow', async () => {
    expect((await deps.reading.schemas.list(all)).elements).toEqual(METADATA_SCHEMAS)
    expect((await deps.reading.fields.list({}, all)).elements).toEqual(METADATA_FIELDS)
    expect((await deps.reading.formats.list(all)).elements).toEqual(BITSTREAM_FORMATS)
    const schema = await deps.unitOfWork((tx) =>
      tx.schemas.insert({ prefix: 'later', namespace: 'https://later.example/' }),
    )
    expect(schema.id).toBe(METADATA_SCHEMAS.length + 1)
  })

  test('comes once: a second one changes nothing, not even what was deleted since', async () => {
    const administrators = await deps.reading.groups.find(ADMINISTRATOR_GROUP)
    const administrator = await deps.reading.people.byEmail('root@example.org')
    const actor = await deps.reading.actors.person(administrator?.id ?? '')
    const schema = METADATA_SCHEMAS.at(-1)
    if (actor === undefined || schema === undefined) throw new Error('Nothing was made')
    await deleteSchema(deps)(actor, schema.id)
    const again = { siteName: 'Second', administrator: { email: 'second@example.org' } }
    expect(await prepareRepository(deps)(again)).toBeUndefined()
    expect(await deps.reading.groups.find(ADMINISTRATOR_GROUP)).toEqual(administrators)
    expect(await deps.reading.schemas.find(schema.id)).toBeUndefined()
    expect(await deps.reading.people.byEmail('second@example.org')).toBeUndefined()
    expect(firstValue((await deps.reading.site.find())?.value.metadata ?? {}, 'dc.title')).toBe('First')
  })
})
