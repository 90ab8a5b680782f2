import type { Kysely } from 'kysely'
import type { Clock } from '../domain/clock.ts'
import type { HitWindows } from '../domain/limits/hit-windows.ts'
import { postgresHitWindows } from '../postgres/limits/postgres-hit-windows.ts'
import type { Schema } from '../postgres/schema.ts'
import { memoryHitWindows } from './memory-hit-windows.ts'

/**
 * Where hits are counted: in the memory of the process, in the database, or in a Redis. The latter two are for several
 * processes, whose hits count together.
 */
export type HitStore = 'memory' | 'database' | { readonly redisUrl: string }

/** {@link HitWindows} that were opened. */
export interface OpenedHitWindows extends HitWindows {
  close(): Promise<void>
}

/**
 * Opens the counters of hits.
 *
 * @throws Error when there is no Redis at the address
 */
export async function openHitWindows(
  store: HitStore,
  deps: { write: Kysely<Schema>; clock: Clock; report: (error: unknown) => void },
): Promise<OpenedHitWindows> {
  if (typeof store === 'object') {
    // Most repositories need no client of Redis.
    const { openRedisHitWindows } = await import('./redis-hit-windows.ts')
    return openRedisHitWindows({ url: store.redisUrl, report: deps.report })
  }
  const windows = store === 'memory' ? memoryHitWindows(deps.clock) : postgresHitWindows(deps.write)
  return { take: (limits) => windows.take(limits), close: async () => undefined }
}
