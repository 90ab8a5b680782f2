import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { hasErrorCode } from './has-error-code.ts'
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
    // A hard link appears at once and with its content, or fails because there is one already.
    while (!(await linkUnlessPresent(own, path))) await removeStaleLock(path)
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

async function removeStaleLock(path: string): Promise<void> {
  const holder = await lockHolder(path)
  if (holder !== undefined) {
    throw new EmbeddedPostgresError(
      'DATA_DIRECTORY_IN_USE',
      `Process ${holder.pid} already runs a database in ${dirname(path)}: stop it first, or choose another directory`,
      { pid: holder.pid, directory: dirname(path) },
    )
  }
  // Moved aside and looked at again, because another starter may have taken the stale lock over meanwhile.
  const aside = `${path}-${randomUUID()}`
  try {
    await rename(path, aside)
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return
    throw error
  }
  if ((await lockHolder(aside)) !== undefined) await linkUnlessPresent(aside, path)
  await rm(aside, { force: true })
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

async function readLock(path: string): Promise<ProcessIdentity | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined
    throw error
  }
  return parseIdentity(text)
}

/** Anything but a lock as written above (a file torn by a power cut) names no holder. */
function parseIdentity(text: string): ProcessIdentity | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || !('pid' in value) || !Number.isInteger(value.pid))
    return undefined
  return {
    pid: Number(value.pid),
    startedAt: 'startedAt' in value && typeof value.startedAt === 'string' ? value.startedAt : null,
    boot: 'boot' in value && typeof value.boot === 'string' ? value.boot : null,
  }
}
