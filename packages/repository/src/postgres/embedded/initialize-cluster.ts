import { randomBytes, randomUUID } from 'node:crypto'
import { chown, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PostgresBinaries } from './binaries.ts'
import {
  type ClusterLayout,
  DATABASE_NAME,
  DATABASE_USER,
  INITIALIZING_PREFIX,
  clusterLayout,
} from './cluster-layout.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { hasErrorCode } from '../../has-error-code.ts'
import { startKept } from './kept-process.ts'
import type { OperatingUser } from './operating-user.ts'
import { INITIAL_SETTINGS } from './server-settings.ts'

/** What initialisation needs to know. */
export interface InitializeDeps {
  readonly binaries: PostgresBinaries
  readonly user: OperatingUser | undefined
  readonly durable: boolean
  readonly log: (line: string) => void
}

/**
 * Makes the cluster unless there is one. It is made in a sibling directory and appears by one rename, so that an
 * interrupted attempt leaves nothing but such a sibling, which the next one removes. To be called with the lock held.
 *
 * @throws EmbeddedPostgresError `DATABASE_INIT_FAILED`
 */
export async function initializeCluster(deps: InitializeDeps, layout: ClusterLayout): Promise<void> {
  for (const name of await readdir(layout.directory)) {
    if (name.startsWith(INITIALIZING_PREFIX)) await removeTree(join(layout.directory, name))
  }
  if (await exists(layout.server)) return
  const draft = clusterLayout(layout.directory, join(layout.directory, INITIALIZING_PREFIX + randomUUID()))
  try {
    await makeCluster(deps, draft)
    await rename(draft.server, layout.server)
    if (deps.durable) await syncPath(layout.directory)
  } catch (error) {
    await removeTree(draft.server)
    throw error
  }
}

async function makeCluster(deps: InitializeDeps, draft: ClusterLayout): Promise<void> {
  const createDatabase = join(draft.server, 'create-database.sql')
  await mkdir(draft.server, { mode: 0o700 })
  await mkdir(draft.log, { mode: 0o700 })
  await writeFile(draft.password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  await writeFile(createDatabase, `CREATE DATABASE ${DATABASE_NAME}\n`, { mode: 0o600 })
  if (deps.user !== undefined) {
    for (const path of [draft.log, draft.password, createDatabase, draft.server]) {
      await chown(path, deps.user.uid, deps.user.gid)
    }
  }
  await runInitdb(deps, draft)
  // In single-user mode, because then an unfinished cluster is never one that accepts connections.
  await run(deps, deps.binaries.postgres, ['--single', '-D', draft.data, 'postgres'], createDatabase)
  await rm(createDatabase)
  // initdb has synced the data itself.
  if (deps.durable) for (const path of [draft.password, draft.server]) await syncPath(path)
}

/**
 * Collation and case rules come from PostgreSQL's built-in C.UTF-8, the same on every system. The words of the full text
 * search are still told apart by the C library's character classes, for which plain C takes every character beyond ASCII,
 * quotes and dashes too, as a letter: hence LC_CTYPE C.UTF-8 where the system has it.
 */
async function runInitdb(deps: InitializeDeps, draft: ClusterLayout): Promise<void> {
  try {
    await run(deps, deps.binaries.initdb, initdbArguments(deps, draft, 'C.UTF-8'))
  } catch (error) {
    if (!(error instanceof EmbeddedPostgresError) || !isLocaleMissing(error)) throw error
    deps.log(
      'this system has no locale C.UTF-8: full text search will take typographic quotes as parts of words',
    )
    await removeTree(draft.data)
    await run(deps, deps.binaries.initdb, initdbArguments(deps, draft, 'C'))
  }
}

function initdbArguments(deps: InitializeDeps, draft: ClusterLayout, characterClasses: string): string[] {
  return [
    `--pgdata=${draft.data}`,
    `--username=${DATABASE_USER}`,
    `--pwfile=${draft.password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    `--lc-ctype=${characterClasses}`,
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    ...(deps.durable ? [] : ['--no-sync']),
    ...Object.entries(INITIAL_SETTINGS).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
  ]
}

async function run(
  deps: InitializeDeps,
  command: string,
  args: readonly string[],
  inputFile?: string,
): Promise<void> {
  const child = await startKept(command, args, {
    user: deps.user,
    atParentsEnd: 'kill-group',
    ...(inputFile === undefined ? {} : { inputFile }),
  })
  const { code, signal } = await child.exited
  if (code === 0) return
  const output = await child.lastLines()
  throw new EmbeddedPostgresError(
    'DATABASE_INIT_FAILED',
    `The database cannot be initialised: ${output.join('\n') || `${command} ended with ${signal ?? code}`}`,
    { command, code, signal, output },
  )
}

function isLocaleMissing(error: EmbeddedPostgresError): boolean {
  const { output } = error.data
  return Array.isArray(output) && output.some((line) => String(line).includes('invalid locale name'))
}

/** A killed run's initdb may still be at its last write: hence the retries. */
async function removeTree(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
}

async function syncPath(path: string): Promise<void> {
  // Windows has no handles on directories to sync.
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return false
    throw error
  }
}
