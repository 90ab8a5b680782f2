import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DatabaseAddress } from './database.ts'
import { attachEmbeddedPostgres } from './embedded/attach-embedded-postgres.ts'
import { EmbeddedPostgresError } from './embedded/embedded-postgres-error.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded/start-embedded-postgres.ts'

/** A database that can be connected to. */
export interface ReachedDatabase {
  readonly address: DatabaseAddress
  /** Whether it is the embedded one of another process. */
  readonly joined: boolean
  /** Ends it, if this process started it. */
  readonly stop: () => Promise<void>
}

/** Where a repository's database is, and what is done about it. */
export interface DatabaseWish {
  readonly dataDirectory: string
  readonly databaseUrl?: string
  readonly join?: boolean
  readonly onDatabaseLost?: (exit: { readonly code: number | null; readonly signal: string | null }) => void
  readonly log?: (line: string) => void
}

/**
 * Takes the external database, or starts the embedded one, or joins that of another process where that is wished.
 *
 * @throws EmbeddedPostgresError e.g. `DATA_DIRECTORY_IN_USE`
 */
export async function reachDatabase(wish: DatabaseWish): Promise<ReachedDatabase> {
  const stop = async (): Promise<void> => undefined
  if (wish.databaseUrl !== undefined) return { address: { url: wish.databaseUrl }, joined: false, stop }
  const directory = join(wish.dataDirectory, 'postgres')
  if (wish.join !== true) return started(await startEmbedded(directory, wish), wish)
  const deadline = Date.now() + JOIN_PATIENCE_MS
  for (;;) {
    const connection = await attachEmbeddedPostgres(directory)
    if (connection !== undefined) return { address: connection, joined: true, stop }
    try {
      return started(await startEmbedded(directory, wish), wish)
    } catch (error) {
      // It is about to start or to stop: whichever, that is soon over.
      const isBusy = error instanceof EmbeddedPostgresError && error.code === 'DATA_DIRECTORY_IN_USE'
      if (!isBusy || Date.now() > deadline) throw error
      await sleep(100)
    }
  }
}

/** Longest wait for another process that holds the directory, but whose server takes no connections. */
const JOIN_PATIENCE_MS = 10_000

function startEmbedded(directory: string, { log }: DatabaseWish): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ directory, ...(log && { log }) })
}

function started(server: EmbeddedPostgres, { onDatabaseLost }: DatabaseWish): ReachedDatabase {
  server.onExit(({ expected, code, signal }) => {
    if (!expected) onDatabaseLost?.({ code, signal })
  })
  return { address: server.connection, joined: false, stop: server.stop }
}
