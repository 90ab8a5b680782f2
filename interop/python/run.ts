import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** What a program wrote. */
export interface Finished {
  readonly stdout: string
  readonly stderr: string
}

/** How a program is run. */
export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly timeoutMs?: number
}

/**
 * Runs a program to its end, with nothing to read.
 *
 * @throws Error with what it wrote, when it does not end with code 0
 */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Finished> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
    timeout: options.timeoutMs ?? 300_000,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  })
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  if (child.exitCode === 0) return { stdout, stderr }
  throw new Error(
    `${command} ${args.join(' ')} ended with ${child.exitCode ?? child.signalCode}:\n${tail(stdout)}\n${tail(stderr)}`,
  )
}

function tail(output: string): string {
  return output.split('\n').slice(-40).join('\n')
}
