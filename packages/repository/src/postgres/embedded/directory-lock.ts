import { randomUUID } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { hasErrorCode } from '../../has-error-code.ts'
import { type ProcessIdentity, identifyProcess, isSameProcessAlive } from './process-identity.ts'

/** Releases the lock; harmless when called twice. */
export type ReleaseLock = () => Promise<void>

/**
 * Takes the lock file for this process. A lock whose process is gone is taken over.
 *
 * @throws EmbeddedPostgresError `DATA_DIRECTORY_IN_USE` with the holder's `pid`
 */
export async function acquireDirectoryLock(path: string): Promise<ReleaseLock> {
  const own = join(dirname(path), `lock-${randomUUID()}`)
  await writeFile(own, JSON.stringify(await identifyProcess(process.pid)), { mode: 0o600, flag: 'wx' })
  try {
    await take(path, own)
  } finally {
    await rm(own, { force: true })
  }
  let held = true
  return async () => {
    if (!held) return
    held = false
    await rm(path, { force: true })
  }
}

/** The live process that holds the lock, or `undefined`. */
export async function lockHolder(path: string): Promise<ProcessIdentity | undefined> {
  const holder = await readLock(path)
  return holder !== undefined && (await isSameProcessAlive(holder)) ? holder : undefined
}

async function take(path: string, own: string): Promise<void> {
  // A hard link appears at once and with its content, or fails because there is one already.
  while (!(await linkUnlessPresent(own, path))) {
    const holder = await lockHolder(path)
    if (holder !== undefined) throw inUse(path, holder)
    await removeStale(path, own)
  }
}

/** Only who holds a second lock may remove a stale first one: otherwise two could, and the later one a fresh lock. */
async function removeStale(path: string, own: string): Promise<void> {
  const takeover = `${path}-takeover`
  try {
    await take(takeover, own)
  } catch (error) {
    if (!(error instanceof EmbeddedPostgresError)) throw error
    await sleep(5)
    return
  }
  try {
    const dead = await readLock(path)
    if (dead === undefined || (await isSameProcessAlive(dead))) return
    // Read again, as it may have released the lock before it died; the dead do not release, so this holds from here on.
    if (isDeepStrictEqual(await readLock(path), dead)) await rm(path)
  } finally {
    await rm(takeover)
  }
}

function inUse(path: string, holder: ProcessIdentity): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'DATA_DIRECTORY_IN_USE',
    `Process ${holder.pid} already runs a database in ${dirname(path)}: stop it first, or choose another directory`,
    { pid: holder.pid, directory: dirname(path) },
  )
}

async function linkUnlessPresent(existing: string, path: string): Promise<boolean> {
  try {
    await link(existing, path)
    return true
  } catch (error) {
    if (hasErrorCode(error, 'EEXIST')) return false
    throw error
  }
}

/** The process that wrote the lock; `undefined` when there is no lock. */
async function readLock(path: string): Promise<ProcessIdentity | undefined> {
  try {
    return parseIdentity(await readFile(path, 'utf8'))
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** What is no lock as written above (a file emptied by a power cut) names a process that cannot live. */
function parseIdentity(text: string): ProcessIdentity {
  const value = parseJson(text)
  const pid = typeof value === 'object' && value !== null && 'pid' in value ? Number(value.pid) : Number.NaN
  if (typeof value !== 'object' || value === null || !Number.isInteger(pid) || pid <= 0) return NO_PROCESS
  return {
    pid,
    startedAt: 'startedAt' in value && typeof value.startedAt === 'string' ? value.startedAt : null,
    boot: 'boot' in value && typeof value.boot === 'string' ? value.boot : null,
  }
}

/** Beyond every system's largest pid. */
const NO_PROCESS: ProcessIdentity = { pid: 2 ** 31 - 1, startedAt: null, boot: null }

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
