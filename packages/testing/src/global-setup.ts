import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@hexapla/repository'
import type { TestProject } from 'vitest/node'
import { createTemplate } from './template-database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the run's PostgreSQL. */
    testPostgres: string
  }
}

/** Starts one PostgreSQL for the whole test run, with a template that every test file copies. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'hexapla-test-')))
  // Root's temporary directories are closed to the user that the server runs as.
  await chmod(directory, 0o755)
  const postgres = await startEmbeddedPostgres({ directory: join(directory, 'postgres'), durable: false })
  await createTemplate(postgres.url, directory)
  project.provide('testPostgres', postgres.url)
  return async () => {
    await postgres.stop()
    await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  }
}
