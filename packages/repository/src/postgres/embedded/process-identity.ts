import { readFile, readlink } from 'node:fs/promises'

/** A process, told apart from a later one that got the same pid. */
export interface ProcessIdentity {
  readonly pid: number
  /** Start time in clock ticks since boot (proc_pid_stat(5), field 22); `null` where there is no `/proc`. */
  readonly startedAt: string | null
  /** Boot that `startedAt` counts from; `null` where the system does not tell. */
  readonly boot: string | null
  /** Where the pid means this process (pid_namespaces(7)); `null` where pids mean the same everywhere. */
  readonly namespace: string | null
}

/** Describes the running process `pid`, or `undefined` when there is none (a zombie is none). */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  if (!signalReaches(pid)) return undefined
  if (process.platform !== 'linux') return { pid, startedAt: null, boot: null, namespace: null }
  const here = { boot: await bootId(), namespace: await pidNamespace() }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  // A /proc mounted with hidepid hides other users' processes; the signal proved that it lives.
  if (stat === undefined) return signalReaches(pid) ? { pid, startedAt: null, ...here } : undefined
  // The command (field 2) may hold blanks and parentheses: count from its last ")", after which field 3 begins.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const state = fields[0]
  if (state === 'Z' || state === 'X') return undefined
  return { pid, startedAt: fields[19] ?? null, ...here }
}

/** Whether the process described earlier still runs; without start times the pid alone decides. */
export async function isSameProcessAlive(earlier: ProcessIdentity): Promise<boolean> {
  const now = await identifyProcess(earlier.pid)
  if (now === undefined) return false
  const sameBoot = earlier.boot === null || now.boot === null || earlier.boot === now.boot
  const sameStart =
    earlier.startedAt === null || now.startedAt === null || earlier.startedAt === now.startedAt
  return sameBoot && sameStart
}

function signalReaches(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Whether the pid of a process described elsewhere, in another container perhaps, means that process here. */
export async function isNamedHere({ namespace }: ProcessIdentity): Promise<boolean> {
  return namespace === null || namespace === (await pidNamespace())
}

async function pidNamespace(): Promise<string | null> {
  return readlink('/proc/self/ns/pid').catch(() => null)
}

async function bootId(): Promise<string | null> {
  return readFile('/proc/sys/kernel/random/boot_id', 'utf8').then(
    (text) => text.trim(),
    () => null,
  )
}
