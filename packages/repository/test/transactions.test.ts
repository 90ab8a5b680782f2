import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CommitUncertain, type Transaction } from '../src/domain/unit-of-work.ts'
import { unlessCommitted } from '../src/services/unless-committed.ts'
import { testRepository, type TestRepository } from './_support/test-repository.ts'

let world: TestRepository
beforeAll(async () => {
  world = await testRepository()
  // What is looked at, or done, when a transaction is to be committed.
  await sql`
    create function at_commit() returns trigger language plpgsql as $$
    begin
      if new.md5 = 'refused' then raise exception 'refused' using errcode = '23514'; end if;
      if new.md5 = 'slow' then perform pg_sleep(30); end if;
      return null;
    end $$;
    create constraint trigger at_commit after insert on content deferrable initially deferred
      for each row execute function at_commit()
  `.execute(world.database.write)
})
afterAll(() => world.stop())

/** How the commit is sent. */
const WAYS: readonly { readonly way: string; readonly on: (tx: Transaction) => Transaction['last'] }[] = [
  { way: 'a commit by itself', on: (tx) => tx },
  { way: 'a commit behind the last statement', on: (tx) => tx.last },
]

const content = (md5: string) => ({
  sha256: randomBytes(32).toString('hex'),
  md5,
  size: 1,
  stagingName: null,
})

async function isThere(sha256: string): Promise<boolean> {
  const { rows } = await sql`select from content where sha256 = ${sha256}`.execute(world.database.write)
  return rows.length === 1
}

test.each(WAYS)('$way: what was written is there', async ({ on }) => {
  const written = content('plain')
  const answer = await world.unitOfWork(async (tx) => {
    await on(tx).contents.register(written)
    return 'done'
  })
  expect(answer).toBe('done')
  expect(await isThere(written.sha256)).toBe(true)
})

test.each(WAYS)('$way: a statement that is refused tells why, and nothing was written', async ({ on }) => {
  const written = content('plain')
  const failed = unlessCommitted(
    world.unitOfWork,
    async (tx) => {
      await tx.contents.register(written)
      await on(tx).contents.register({ ...content('plain'), size: Number.NaN })
    },
    async (error) => error,
  )
  expect(await failed).toMatchObject({ code: '22P02' })
  expect(await isThere(written.sha256)).toBe(false)
})

test.each(WAYS)('$way: where it is refused nothing was written', async ({ on }) => {
  const written = content('refused')
  const failed = unlessCommitted(
    world.unitOfWork,
    (tx) => on(tx).contents.register(written),
    async (error) => error,
  )
  expect(await failed).toMatchObject({ code: '23514' })
  expect(await isThere(written.sha256)).toBe(false)
})

test.each(WAYS)('$way: where its answer is lost nobody claims to know', async ({ on }) => {
  let repeated = false
  const outcome = unlessCommitted(
    world.unitOfWork,
    (tx) => on(tx).contents.register(content('slow')),
    async () => {
      repeated = true
    },
  ).catch((error: unknown) => error)
  await expect.poll(endSleepingConnections).toBe(1)
  expect(await outcome).toBeInstanceOf(CommitUncertain)
  expect(repeated).toBe(false)
  // The pool has another connection for the next one.
  await world.unitOfWork((tx) => on(tx).contents.register(content('plain')))
})

async function endSleepingConnections(): Promise<number> {
  const { rows } = await sql`
    select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'
  `.execute(world.database.write)
  return rows.length
}

test('nothing can be sent behind the commit', async () => {
  const [written, late] = [content('plain'), content('plain')]
  const failed = world.unitOfWork(async (tx) => {
    await tx.last.contents.register(written)
    await tx.contents.register(late)
  })
  await expect(failed).rejects.toMatchObject({
    name: 'CommitUncertain',
    cause: { message: 'There is a statement behind the commit' },
  })
  expect(await isThere(written.sha256)).toBe(true)
  expect(await isThere(late.sha256)).toBe(false)
})
