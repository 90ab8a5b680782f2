import { sql, type Kysely } from 'kysely'
import type { TakeHarvestLock } from '../../domain/harvest/harvest-store.ts'
import type { Schema } from '../schema.ts'

/**
 * Locks of harvests as advisory locks of PostgreSQL, each on a connection of its own: whatever ends the process, or the
 * connection, ends the lock.
 *
 * @param db a pool
 */
export function harvestLocks(db: Kysely<Schema>): TakeHarvestLock {
  return async (collectionId) => {
    const key = sql`hashtextextended(${`harvest ${collectionId}`}, 0)`
    const taken = Promise.withResolvers<boolean>()
    const given = Promise.withResolvers<void>()
    const holding = db.connection().execute(async (connection) => {
      const { rows } = await sql<{ taken: boolean }>`select pg_try_advisory_lock(${key}) as taken`.execute(
        connection,
      )
      const isTaken = rows[0]?.taken === true
      taken.resolve(isTaken)
      if (!isTaken) return
      await given.promise
      await sql`select pg_advisory_unlock(${key})`.execute(connection)
    })
    // A failure is met where the lock is given back, or here when it was never taken.
    holding.catch((error: unknown) => taken.reject(error))
    if (!(await taken.promise)) {
      await holding
      return undefined
    }
    return async () => {
      given.resolve()
      // A connection that broke holds no lock any more.
      await holding.catch(() => undefined)
    }
  }
}
