import { randomUUID } from 'node:crypto'
import { mkdir, readFile, readlink, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ifThere } from './if-there.ts'

// A holder shows this often that it is alive; one that has not for as long as `staleMs` is taken for dead.
const beatMs = 1000
const staleMs = 10_000
const pauseMs = 50

/** A lock file as others see it. */
interface SeenLock {
  readonly owner: string
  readonly beat: number
}

/**
 * Runs `work` while no other process does that sees the file system: with a lock file, which its holder touches every
 * second. The lock of a holder that is dead, or silent for ten seconds, is taken over. Silence is measured by who waits,
 * so that the clocks of machines need not agree.
 *
 * @param signal ends the waiting, not the work
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const owner = [await thisPlace(), process.pid, randomUUID()].join('\n')
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await acquire(path, owner, signal)
  const heart = setInterval(() => {
    const now = new Date()
    // Without the file, which another took over, there is nothing to show any more.
    utimes(path, now, now).catch(() => clearInterval(heart))
  }, beatMs)
  try {
    return await work()
  } finally {
    clearInterval(heart)
    if ((await look(path))?.owner === owner) await rm(path, { force: true })
  }
}

async function acquire(path: string, owner: string, signal: AbortSignal): Promise<void> {
  let seen: SeenLock | undefined
  let since = performance.now()
  while (!(await create(path, owner))) {
    const now = await look(path)
    if (!isSame(now, seen)) {
      seen = now
      since = performance.now()
    }
    const isStale = performance.now() - since > staleMs
    if (seen !== undefined && (isStale || (await isDead(seen)))) await remove(path, seen)
    signal.throwIfAborted()
    await sleep(pauseMs)
  }
}

/** Makes the file, unless it is there. */
async function create(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function look(path: string): Promise<SeenLock | undefined> {
  const owner = await ifThere(readFile(path, 'utf8'))
  const state = await ifThere(stat(path))
  return owner === undefined || state === undefined ? undefined : { owner, beat: state.mtimeMs }
}

function isSame(one: SeenLock | undefined, other: SeenLock | undefined): boolean {
  return one?.owner === other?.owner && one?.beat === other?.beat
}

/** Whether the holder was a process of this place that has ended. */
async function isDead({ owner }: SeenLock): Promise<boolean> {
  const [place, pid] = owner.split('\n')
  if (place !== (await thisPlace())) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}

/** Where process ids mean the same: the machine, and on Linux the namespace, which containers have of their own. */
async function thisPlace(): Promise<string> {
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '')
  return `${hostname()} ${namespace}`.trim()
}

/** Removes the lock that was seen and no newer one: a second file lets one process at a time look and remove. */
async function remove(path: string, seen: SeenLock): Promise<void> {
  const guard = `${path}.takeover`
  if (await create(guard, '')) {
    if (isSame(await look(path), seen)) await rm(path, { force: true })
    await rm(guard, { force: true })
    return
  }
  // Left behind by a process that ended between these lines.
  const left = await ifThere(stat(guard))
  if (left !== undefined && Date.now() - left.mtimeMs > staleMs) await rm(guard, { force: true })
}
