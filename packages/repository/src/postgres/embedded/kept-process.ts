import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { OperatingUser } from './operating-user.ts'

/** How a process ended. */
export interface ProcessExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A child process that does not outlive this one. */
export interface KeptProcess {
  readonly pid: number
  readonly exited: Promise<ProcessExit>
  /** The last lines that it wrote to standard error, oldest first; after its exit. */
  readonly lastLines: () => Promise<readonly string[]>
  /** Lets this process's event loop end although the child runs. */
  readonly unref: () => void
  /** Makes this process's event loop wait for the child again. */
  readonly ref: () => void
}

/** What to do to the child when this process is gone. */
export type AtParentsEnd = 'interrupt' | 'kill-group'

/**
 * Starts a program in a session of its own (a Ctrl-C typed in the terminal does not reach it) together with a keeper: a
 * shell that sleeps in `read` on a pipe from this process. Whatever ends this process, even SIGKILL, closes the pipe, and
 * the keeper then signals the program. Windows has no such keeper: there the next start stops what was left behind.
 *
 * @throws Error the system's, when the program cannot be started
 */
export async function startKept(
  command: string,
  args: readonly string[],
  options: {
    readonly user: OperatingUser | undefined
    readonly atParentsEnd: AtParentsEnd
    readonly onLine?: ((line: string) => void) | undefined
    /** Text for the program's standard input, which is empty otherwise. */
    readonly inputFile?: string
    /** A file descriptor that the program and what it starts hold open. */
    readonly inherited?: number | undefined
  },
): Promise<KeptProcess> {
  if (process.platform === 'win32')
    return supervise(spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] }), options.onLine)
  const script = keeperScript(options.atParentsEnd)
  const child = spawn(
    '/bin/sh',
    ['-c', script, 'hexapla-keeper', options.inputFile ?? '/dev/null', command, ...args],
    {
      ...options.user,
      cwd: '/',
      detached: true,
      env: CHILD_ENVIRONMENT,
      // The keeper's pipe becomes descriptor 3.
      stdio: ['pipe', 'ignore', 'pipe', 'ignore', options.inherited ?? 'ignore'],
    },
  )
  return supervise(child, options.onLine)
}

/** Nothing of this process's environment, which holds secrets, goes to the database; C keeps its messages in English. */
const CHILD_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/**
 * `exec` turns the shell itself ($$) into the program, so that its pid and its exit are the child's. The keeper is forked
 * twice: a child of its own would puzzle the postmaster. A line on the pipe dismisses the keeper, its end alarms it.
 */
function keeperScript(atParentsEnd: AtParentsEnd): string {
  const alarm = atParentsEnd === 'interrupt' ? 'kill -INT $$' : 'kill -KILL -$$'
  return (
    'exec 3<&0 <"$1" >/dev/null; shift; ' +
    `( ( read -r line <&3 || ${alarm} ) 2>/dev/null & ) ; ` +
    'exec 3<&-; exec "$@"'
  )
}

async function supervise(child: ChildProcess, onLine?: (line: string) => void): Promise<KeptProcess> {
  const { stdin, stderr } = child
  const lines: string[] = []
  const exited = new Promise<ProcessExit>((resolve) => {
    child.once('exit', (code, signal) => {
      stdin?.end('\n')
      resolve({ code, signal })
    })
  })
  // The keeper may be gone before it is dismissed: then there is nobody left to tell.
  stdin?.on('error', () => undefined)
  let drained: Promise<unknown> = Promise.resolve()
  if (stderr !== null) {
    const reader = createInterface({ input: stderr })
    drained = once(reader, 'close')
    reader.on('line', (line) => {
      lines.push(line)
      if (lines.length > 40) lines.shift()
      onLine?.(line)
    })
  }
  await once(child, 'spawn')
  return {
    // Proven by the event: a spawned process has a pid.
    pid: child.pid!,
    exited,
    lastLines: async () => {
      // A process that was left behind may hold the pipe open: its lines do not matter.
      await Promise.race([drained, sleep(1_000, undefined, { ref: false })])
      return lines
    },
    ref: () => child.ref(),
    unref: () => {
      child.unref()
      for (const stream of [stdin, stderr]) if (stream instanceof Socket) stream.unref()
    },
  }
}
