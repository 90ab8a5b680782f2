import { sql, type Kysely } from 'kysely'
import type { PidNumbers } from '../../domain/records/identifiers.ts'
import { gatherReads } from '../gather-reads.ts'
import type { Schema } from '../schema.ts'

/**
 * Numbers of namespaces, counted outside of transactions: nobody waits for another one's commit to get the next. Those who
 * ask at the same time share a statement.
 */
export function postgresPidNumbers(db: Kysely<Schema>): PidNumbers {
  const take = gatherReads((namespaces: readonly string[]) => takeNumbers(db, namespaces))
  const isTaken = gatherReads((pids: readonly string[]) => areTaken(db, pids))
  return {
    async next(namespace) {
      for (;;) {
        const pid = `${namespace}:${await take(namespace)}`
        // Somebody may have brought it.
        if (!(await isTaken(pid))) return pid
      }
    },
  }
}

// The commit of the count need not reach the disk: that of a record that uses a number comes behind it in the log.
async function takeNumbers(db: Kysely<Schema>, namespaces: readonly string[]): Promise<readonly number[]> {
  const result = await sql<{ name: string; last_number: number }>`
    with relaxed as materialized (select set_config('synchronous_commit', 'off', true))
    insert into pid_namespace (name, last_number)
    select wanted.name, count(*) from unnest(${namespaces}::text[]) as wanted (name) cross join relaxed
    group by wanted.name order by wanted.name
    on conflict (name) do update set last_number = pid_namespace.last_number + excluded.last_number
    returning name, last_number
  `.execute(db)
  const left = new Map(result.rows.map(({ name, last_number: last }) => [name, last]))
  // From the last one down, so that the first who asked has the lowest.
  return namespaces
    .toReversed()
    .map((name) => {
      const number = left.get(name)
      if (number === undefined) throw new Error(`The namespace ${name} gave no number`)
      left.set(name, number - 1)
      return number
    })
    .toReversed()
}

async function areTaken(db: Kysely<Schema>, pids: readonly string[]): Promise<readonly boolean[]> {
  const result = await sql<{ pid: string }>`select pid from record where pid = any(${pids}::text[])`.execute(
    db,
  )
  const taken = new Set(result.rows.map(({ pid }) => pid))
  return pids.map((pid) => taken.has(pid))
}
