import { sql, type Kysely, type RawBuilder } from 'kysely'
import { UNPREPARED } from '../dialect.ts'
import type { Schema } from '../schema.ts'

/** Runs a statement as varied as queries are. */
export async function runUnprepared<Row>(
  db: Kysely<Schema>,
  statement: RawBuilder<unknown>,
): Promise<readonly Row[]> {
  return (await sql<Row>`${sql.raw(UNPREPARED)} ${statement}`.execute(db)).rows
}
