import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A program that runs until it is disposed of. */
export interface RunningProgram extends AsyncDisposable {
  /** What it wrote first, as a server tells where it listens. */
  readonly firstLine: string
}

/** Starts a program and waits for its first line. @throws Error with what it complained of, when it ends before */
export async function startProgram(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<RunningProgram> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
  const exited = once(child, 'exit')
  const log: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line))
  const written = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>
  const firstLine = await Promise.race([written.then(([line]) => line), exited.then(() => undefined)])
  if (firstLine === undefined) throw new Error(`${args.join(' ')} ended:\n${log.join('\n')}`)
  return {
    firstLine,
    async [Symbol.asyncDispose]() {
      child.kill()
      await exited
    },
  }
}
