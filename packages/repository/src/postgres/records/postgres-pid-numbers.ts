import { sql, type Kysely } from 'kysely'
import type { PidNumbers } from '../../domain/records/identifiers.ts'
import { gatherReads } from '../gather-reads.ts'
import type { Schema } from '../schema.ts'

/**
 * Numbers of namespaces, counted outside of transactions: nobody waits for another one's commit to get the next. Those who
 * ask at the same time share a statement.
 */
export function postgresPidNumbers(db: Kysely<Schema>): PidNumbers {
  const take = gatherReads((namespaces: readonly string[]) => takePids(db, namespaces))
  return {
    async next(namespace) {
      for (;;) {
        const { pid, isTaken } = await take(namespace)
        // Somebody may have brought it.
        if (!isTaken) return pid
      }
    },
  }
}

interface TakenNumbers {
  name: string
  last_number: number
  /** Those of the new pids that somebody brought. */
  taken: string[]
}

// The commit of the count need not reach the disk: that of a record that uses a number comes behind it in the log.
async function takePids(
  db: Kysely<Schema>,
  namespaces: readonly string[],
): Promise<readonly { readonly pid: string; readonly isTaken: boolean }[]> {
  const result = await sql<TakenNumbers>`
    with relaxed as materialized (
      select set_config('synchronous_commit', 'off', true)
    ), wanted as (
      -- Of a length that the planner does not know: else it plans each statement anew, for the array at hand.
      select name, count(*) from jsonb_array_elements_text(${JSON.stringify(namespaces)}::jsonb) as name group by name
    ), counted as (
      insert into pid_namespace (name, last_number)
      select wanted.name, wanted.count from wanted cross join relaxed order by wanted.name
      on conflict (name) do update set last_number = pid_namespace.last_number + excluded.last_number
      returning name, last_number
    )
    select name, last_number, array(
      select r.pid from record r where r.pid = any(array(
        select name || ':' || number from generate_series(last_number - count + 1, last_number) as number
      ))
    ) as taken
    from counted join wanted using (name)
  `.execute(db)
  const left = new Map(result.rows.map((row) => [row.name, { ...row }]))
  // From the last one down, so that the first who asked has the lowest.
  return namespaces
    .toReversed()
    .map((name) => {
      const numbers = left.get(name)
      if (numbers === undefined) throw new Error(`The namespace ${name} gave no number`)
      const pid = `${name}:${numbers.last_number}`
      numbers.last_number -= 1
      return { pid, isTaken: numbers.taken.includes(pid) }
    })
    .toReversed()
}
