import { sql, type Kysely } from 'kysely'
import type { Job, JobOutcome, Outbox } from '../../jobs/outbox.ts'
import type { Schema } from '../schema.ts'

/**
 * The outbox in PostgreSQL. A job's row stays locked while it runs, and the lock ends with its process: no job is run
 * by two at a time, and none is lost.
 *
 * @param db connections for transactions; one is held while a job runs
 */
export function postgresOutbox(db: Kysely<Schema>): Outbox {
  return {
    next: (run, { topics, delay }) =>
      db.transaction().execute(async (trx): Promise<JobOutcome> => {
        const due = await sql<Job>`
          select id, topic, payload, attempts from outbox
          where due_at <= now() and topic = any(${topics}::text[])
          order by due_at, id limit 1 for update skip locked
        `.execute(trx)
        const [job] = due.rows
        if (job === undefined) return { kind: 'none' }
        try {
          await run(job)
        } catch (error) {
          await sql`
            update outbox set attempts = attempts + 1, last_error = ${String(error)},
              due_at = clock_timestamp() + ${delay(job.attempts + 1)} * interval '1 millisecond'
            where id = ${job.id}
          `.execute(trx)
          return { kind: 'failed', job, error }
        }
        await sql`delete from outbox where id = ${job.id}`.execute(trx)
        return { kind: 'done', job }
      }),
  }
}
