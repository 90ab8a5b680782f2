import { sql, type Kysely } from 'kysely'
import type { HitWindows } from '../../domain/limits/hit-windows.ts'
import { windowOf } from '../../limits/window-of.ts'
import type { Schema } from '../schema.ts'

/** Keys that nobody asks for any more are removed so often. */
const SWEEP_EVERY_MS = 60_000

/** {@link HitWindows} of all processes that share the database, by its clock. */
export function postgresHitWindows(db: Kysely<Schema>): HitWindows {
  let sweptAt = performance.now()

  async function sweep(): Promise<void> {
    if (performance.now() - sweptAt < SWEEP_EVERY_MS) return
    sweptAt = performance.now()
    await sql`
      delete from hit_window where key in (
        select key from hit_window where expires_at < now() for update skip locked
      )
    `.execute(db)
  }

  return {
    async take(limits) {
      await sweep()
      const keys = limits.map(({ key }) => key)
      const result = await sql<Taken>`
        select moment, is_taken, kept from take_hits(${keys}::text[],
          ${limits.map(({ most }) => most)}::integer[], ${limits.map(({ widthMs }) => widthMs)}::bigint[])
      `.execute(db)
      const [row] = result.rows
      if (row === undefined) throw new Error('take_hits gave no row')
      return {
        isTaken: row.is_taken,
        windows: limits.map((limit) => windowOf(limit, row.kept[limit.key] ?? [], row.moment)),
        async giveBack() {
          if (!row.is_taken) return
          await sql`
            update hit_window set hits = hits[:place - 1] || hits[place + 1:]
            from (
              select key, array_position(hits, ${row.moment}::bigint) as place from hit_window
              where key = any(${keys}::text[]) order by key for update
            ) held
            where hit_window.key = held.key and place is not null
          `.execute(db)
        },
      }
    },
  }
}

interface Taken {
  moment: number
  is_taken: boolean
  kept: Record<string, number[]>
}
