import { randomUUID } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANONYMOUS_GROUP } from '../../src/domain/access/actor.ts'
import { groupPolicy } from '../../src/domain/access/policy.ts'
import type { FileEntry } from '../../src/domain/files/bitstream-store.ts'
import { enterFiles } from '../../src/postgres/files/enter-files.ts'
import type { Schema } from '../../src/postgres/schema.ts'
import { fileWorld, type FileWorld } from '../_support/file-world.ts'
import { NOW } from '../_support/test-repository.ts'

const ITEMS = 40

let world: FileWorld
let items: readonly string[]
beforeAll(async () => {
  world = await fileWorld()
  items = await Promise.all(Array.from({ length: ITEMS }, async () => (await world.addItem()).id))
})
afterAll(() => world.stop())

/** Rows of tables and entries of indexes that this transaction was given so far. */
async function looked(db: Kysely<Schema>): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select sum(pg_stat_get_xact_tuples_returned(c.oid))::bigint as total from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'i')
  `.execute(db)
  return rows[0]?.total ?? 0
}

test('a file looks at no more rows for all the others that came before', async () => {
  const counts = await world.database.transact(async ({ db }) => {
    await sql`insert into content (sha256, md5, size) values ('abc', 'def', 3)`.execute(db)
    const found: number[] = []
    for (const itemId of items) {
      const before = await looked(db)
      await enterFiles(db, [describingFile(itemId)])
      found.push((await looked(db)) - before)
    }
    return found
  })
  // A few more where an index still has a former version of a row.
  expect(Math.max(...counts)).toBeLessThan(Math.min(...counts) + 6)
})

function describingFile(itemId: string): FileEntry {
  const base = () => ({ id: randomUUID(), metadata: {}, version: 1, createdAt: NOW, modifiedAt: NOW })
  const newBundle = { kind: 'bundle' as const, ...base(), itemId, name: 'METADATA', primaryBitstreamId: null }
  const content = { sha256: 'abc', md5: 'def', size: 3, stagingName: null }
  const bitstream = {
    kind: 'bitstream' as const,
    ...base(),
    bundleId: newBundle.id,
    bundleName: newBundle.name,
    sequenceId: null,
    formatId: 1,
    content,
  }
  const policies = [newBundle, bitstream].map(({ id }) => groupPolicy(id, 'READ', ANONYMOUS_GROUP))
  return { bitstream, itemId, newBundle, policies, facts: { dsid: 'MODS' } }
}
