import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { CountedObjects, ObjectCount, ObjectCounts } from '../../domain/objects/object-count.ts'
import { UNPREPARED } from '../dialect.ts'
import type { Schema } from '../schema.ts'
import { listedEntries } from '../search/entry-access.ts'

/** Up to here objects are counted: some milliseconds. Beyond, the planner's estimate is told. */
const COUNTED = 10_000

/** How many objects somebody finds. However many there are, they are not all looked at. */
export async function countObjects(db: Kysely<Schema>, wanted: CountedObjects): Promise<ObjectCounts> {
  const [communities, collections, items] = await Promise.all([
    countKind(db, 'community', wanted),
    countKind(db, 'collection', wanted),
    countKind(db, 'item', wanted),
  ])
  return { communities, collections, items }
}

async function countKind(
  db: Kysely<Schema>,
  kind: string,
  { grants, namespaces }: CountedObjects,
): Promise<ObjectCount> {
  const named =
    namespaces.length === 0 ? sql`true` : sql`split_part(r.pid, ':', 1) = any(${namespaces}::text[])`
  const found = sql`select from record r join search_access a on a.id = r.id
    where r.kind = ${kind} and ${named} and ${listedEntries(grants)}`
  const [row] = await run<{ count: number }>(
    db,
    sql`select count(*) as count from (${found} limit ${COUNTED + 1}) counted`,
  )
  const count = row?.count ?? 0
  if (count <= COUNTED) return { count, isExact: true }
  return { count: Math.max(count, await estimate(db, found)), isExact: false }
}

interface Explained {
  readonly 'QUERY PLAN': readonly { readonly Plan: { readonly 'Plan Rows': number } }[]
}

async function estimate(db: Kysely<Schema>, found: RawBuilder<unknown>): Promise<number> {
  const [row] = await run<Explained>(db, sql`explain (format json) ${found}`)
  return row?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0
}

/** Planned with the values at hand, which decide how it is done. */
async function run<Row>(db: Kysely<Schema>, statement: RawBuilder<unknown>): Promise<readonly Row[]> {
  return (await sql<Row>`${sql.raw(UNPREPARED)} ${statement}`.execute(db)).rows
}
