import { randomUUID } from 'node:crypto'
import { link, lstat, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { hasErrorCode } from '../../has-error-code.ts'
import { isPresent, showPresence } from './presence.ts'
import { type ProcessIdentity, identifyProcess, isNamedHere, isSameProcessAlive } from './process-identity.ts'

/** A lock that is held. */
export interface DirectoryLock {
  /** For the server to inherit: in other containers, the lock's holder lives until the server has ended too. */
  readonly presence: number | undefined
  /** Harmless when called twice. */
  readonly release: () => Promise<void>
}

/** What stands in a lock file. */
export interface LockHolder extends ProcessIdentity {
  /** The name of its sign of life, beside the lock file; `null` where there is none. */
  readonly presence: string | null
}

/**
 * Takes the lock file for this process. A lock whose process is gone is taken over.
 *
 * @throws EmbeddedPostgresError `DATA_DIRECTORY_IN_USE` with the holder's `pid`
 */
export async function acquireDirectoryLock(path: string): Promise<DirectoryLock> {
  await removeLitter(dirname(path))
  const id = randomUUID()
  const own = join(dirname(path), `lock-${id}`)
  const sign = `presence-${id}`
  const presence = await showPresence(join(dirname(path), sign))
  const holder = { ...(await identifyProcess(process.pid)), presence: presence === undefined ? null : sign }
  try {
    await writeFile(own, JSON.stringify(holder), { mode: 0o600, flag: 'wx' })
    await take(path, own)
  } catch (error) {
    await presence?.end()
    throw error
  } finally {
    await rm(own, { force: true })
  }
  let held = true
  return {
    presence: presence?.descriptor,
    async release() {
      if (!held) return
      held = false
      await rm(path, { force: true })
      await presence?.end()
    },
  }
}

/** The live process that holds the lock, or `undefined`. */
export async function lockHolder(path: string): Promise<LockHolder | undefined> {
  const holder = await readLock(path)
  return holder !== undefined && (await isAlive(path, holder)) ? holder : undefined
}

async function isAlive(path: string, holder: LockHolder): Promise<boolean> {
  if (holder.presence === null || (await isNamedHere(holder))) return isSameProcessAlive(holder)
  return isPresent(join(dirname(path), holder.presence))
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
    if (dead === undefined || (await isAlive(path, dead))) return
    // Read again, as it may have released the lock before it died; the dead do not release, so this holds from here on.
    if (!isDeepStrictEqual(await readLock(path), dead)) return
    await rm(path)
    if (dead.presence !== null) await rm(join(dirname(path), dead.presence), { force: true })
  } finally {
    await rm(takeover)
  }
}

const LITTER = /^(?:lock|presence)-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/
const LITTER_AGE_MS = 60_000

/** Removes what processes left that were killed while they took the lock; who takes it now needs its own for a moment. */
async function removeLitter(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const path = join(directory, name)
    if (LITTER.test(name) && (await isAbandoned(path))) await rm(path, { force: true })
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    // The directory belongs to the database's user: no link laid there may make root open something else.
    const found = await lstat(path)
    const isHeld = found.isFIFO() && (await isPresent(path))
    return !isHeld && Date.now() - found.mtimeMs > LITTER_AGE_MS
  } catch (error) {
    // Its owner was done with it meanwhile.
    if (hasErrorCode(error, 'ENOENT')) return false
    throw error
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
async function readLock(path: string): Promise<LockHolder | undefined> {
  try {
    return parseHolder(await readFile(path, 'utf8'))
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** What is no lock as written above (a file emptied by a power cut) names a process that cannot live. */
function parseHolder(text: string): LockHolder {
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null) return NOBODY
  const fields = value as Readonly<Record<string, unknown>>
  const pid = Number(fields['pid'])
  if (!Number.isInteger(pid) || pid <= 0) return NOBODY
  const textOf = (name: keyof LockHolder) => (typeof fields[name] === 'string' ? fields[name] : null)
  const presence = textOf('presence')
  return {
    pid,
    startedAt: textOf('startedAt'),
    boot: textOf('boot'),
    namespace: textOf('namespace'),
    presence: presence === null ? null : basename(presence),
  }
}

/** Beyond every system's largest pid. */
const NOBODY: LockHolder = {
  pid: 2 ** 31 - 1,
  startedAt: null,
  boot: null,
  namespace: null,
  presence: null,
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
