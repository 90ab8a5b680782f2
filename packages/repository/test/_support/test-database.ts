import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, type Database } from '../../src/postgres/database.ts'
import { startEmbeddedPostgres } from '../../src/postgres/embedded/start-embedded-postgres.ts'
import { migrate } from '../../src/postgres/migrate.ts'

/** A PostgreSQL server with an empty, migrated database, for one test file. */
export async function testDatabase(): Promise<{
  readonly database: Database
  readonly url: string
  readonly stop: () => Promise<void>
}> {
  const parent = await realpath(await mkdtemp(join(tmpdir(), 'repository-test-')))
  // Root's temporary directories are closed to the user that the server runs as.
  await chmod(parent, 0o755)
  const postgres = await startEmbeddedPostgres({ directory: join(parent, 'postgres'), durable: false })
  const database = openDatabase({ url: postgres.url })
  await migrate(database.write)
  return {
    database,
    url: postgres.url,
    async stop() {
      await database.close()
      await postgres.stop()
      await rm(parent, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
    },
  }
}
