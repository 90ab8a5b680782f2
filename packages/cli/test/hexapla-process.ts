import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const BIN = fileURLToPath(new URL('../bin/hexapla.js', import.meta.url))

export const ADMINISTRATOR = { email: 'admin@example.org', password: 'correct horse battery staple' }

/** What a command did. */
export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A place of its own for a repository and for the settings of a person. */
export interface Place {
  readonly directory: string
  readonly environment: NodeJS.ProcessEnv
  /** Runs the command to its end. */
  readonly run: (args: readonly string[], options?: RunOptions) => Promise<Outcome>
  /** The same, of which JSON lines are expected. @throws Error when it does not end with the code */
  readonly json: (args: readonly string[], code?: number) => Promise<Record<string, unknown>[]>
  /** Begins the command itself, without its launcher. */
  readonly begin: (args: readonly string[]) => ChildProcess
  /** Runs `serve` and waits until it listens. */
  readonly serve: (settings?: NodeJS.ProcessEnv) => Promise<ServeProcess>
  /** Ends everything that was begun. */
  readonly endAll: () => Promise<void>
  readonly remove: () => Promise<void>
}

export interface RunOptions {
  readonly input?: string
  readonly settings?: NodeJS.ProcessEnv
}

/** A running `hexapla serve`. */
export interface ServeProcess {
  readonly url: string
  readonly process: ChildProcess
  readonly stderr: () => string
  readonly stdout: () => string
  /** Resolves when a line of standard error fits. */
  readonly saying: (pattern: RegExp) => Promise<void>
  /** @returns the exit code */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

/** Makes a place; settings of whoever runs the tests do not reach it. */
export async function makePlace(): Promise<Place> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'hexapla-cli-')))
  // Root's temporary directories are closed to the user that the database runs as.
  await chmod(directory, 0o755)
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('HEXAPLA_') && name !== 'DATABASE_URL' && name !== 'XDG_CONFIG_HOME',
  )
  const environment = {
    ...Object.fromEntries(inherited),
    HOME: directory,
    HEXAPLA_DATA: join(directory, 'data'),
    HEXAPLA_PORT: '0',
    HEXAPLA_SAMPLE: 'off',
    HEXAPLA_ADMIN_EMAIL: ADMINISTRATOR.email,
    HEXAPLA_ADMIN_PASSWORD: ADMINISTRATOR.password,
  }
  const running = new Set<ChildProcess>()
  const launch = (args: readonly string[], settings: NodeJS.ProcessEnv = {}): ChildProcess => {
    const child = spawn(process.execPath, [...args], {
      cwd: directory,
      env: { ...environment, ...settings },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    running.add(child)
    child.once('exit', () => running.delete(child))
    return child
  }
  const run = async (args: readonly string[], options: RunOptions = {}): Promise<Outcome> => {
    const child = launch([BIN, ...args], options.settings)
    child.stdin?.end(options.input ?? '')
    const [stdout, stderr] = await Promise.all([
      textOf(child.stdout),
      textOf(child.stderr),
      once(child, 'close'),
    ])
    return { code: child.exitCode, stdout, stderr }
  }
  const endAll = async (): Promise<void> => {
    await Promise.all([...running].map((child) => endProcess(child, 'SIGTERM')))
  }
  return {
    directory,
    environment,
    run,
    begin: (args) => launch(['--conditions=@hexapla/source', MAIN, ...args]),
    async json(args, code = 0) {
      const outcome = await run([...args, '--json'])
      if (outcome.code !== code) {
        throw new Error(`hexapla ${args.join(' ')} ended with ${outcome.code}: ${outcome.stderr}`)
      }
      return jsonLines(outcome.stdout)
    },
    serve: (settings) => waitForServer(launch([BIN, 'serve'], settings)),
    endAll,
    async remove() {
      await endAll()
      await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
    },
  }
}

/** The documents of a text with one a line. */
export function jsonLines(lines: string): Record<string, unknown>[] {
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

async function waitForServer(child: ChildProcess): Promise<ServeProcess> {
  const out: string[] = []
  const err: string[] = []
  if (child.stdout === null || child.stderr === null) throw new Error('the server has no streams')
  const errors = createInterface({ input: child.stderr })
  errors.on('line', (line) => err.push(line))
  const url = await new Promise<string>((resolve, reject) => {
    if (child.stdout !== null) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        out.push(line)
        const found = /^listening on (\S+)$/.exec(line)?.[1]
        if (found !== undefined) resolve(found)
      })
    }
    child.once('close', (code) => reject(new Error(`the server ended with ${code}: ${err.join('\n')}`)))
  })
  return {
    url,
    process: child,
    stdout: () => out.join('\n'),
    stderr: () => err.join('\n'),
    saying: (pattern) =>
      new Promise((resolve) => {
        if (err.some((line) => pattern.test(line))) resolve()
        errors.on('line', (line) => pattern.test(line) && resolve())
      }),
    stop: (signal = 'SIGTERM') => endProcess(child, signal),
  }
}

async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }
  return child.exitCode
}

function textOf(stream: Readable | null): Promise<string> {
  return stream === null ? Promise.resolve('') : text(stream)
}
