import { chmod, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@hexapla/repository'
import { createTemplate, postgresFile } from './template-database.ts'

/** Starts one PostgreSQL for the whole test run, with a template that every test file copies. */
export async function setup(): Promise<() => Promise<void>> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'hexapla-test-')))
  // Root's temporary directories are closed to the user that the server runs as.
  await chmod(directory, 0o755)
  const postgres = await startEmbeddedPostgres({ directory: join(directory, 'postgres'), durable: false })
  await createTemplate(postgres.url, directory)
  await writeFile(postgresFile(), postgres.url, { mode: 0o600 })
  return async () => {
    await postgres.stop()
    await rm(postgresFile())
    await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  }
}
