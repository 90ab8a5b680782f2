import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { nodeOptions } from './node-options.ts'

/** The administrator that the published Python examples name. */
export const ACCOUNT = { email: 'username@test.system.edu', password: 'password' }

const START_LIMIT_MS = 60_000
const STOP_LIMIT_MS = 30_000
const MAIN = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url))

/** A server in a process of its own. */
export interface ServerProcess {
  /** Without a slash at its end. */
  readonly url: string
  /** `URL/server`, as clients take it. */
  readonly endpoint: string
  readonly pid: number
  /** Milliseconds until it listened. */
  readonly startMs: number
  /** What it wrote, both streams. */
  readonly output: () => string
  /** Ends it as a person would (SIGTERM). @throws Error when it does not end with code 0 */
  readonly stop: () => Promise<void>
  /** `kill -9`; resolves when it is gone. */
  readonly kill: () => Promise<void>
}

/** How a server is started. */
export interface ServerOptions {
  readonly dataDirectory: string
  /** 0, any free one, without it. */
  readonly port?: number
  /** Further settings, by the names of the environment. */
  readonly settings?: Readonly<Record<string, string>>
  /** Options of Node. */
  readonly nodeOptions?: readonly string[]
  /** Handed the process as soon as it is there, before it listens. */
  readonly onSpawn?: (child: ChildProcess) => void
}

/**
 * Starts `hexapla serve` and waits until it listens.
 *
 * @throws Error with what the process wrote, when it ends before it listens
 */
export async function startServerProcess(options: ServerOptions): Promise<ServerProcess> {
  const started = performance.now()
  const child = spawn(
    process.execPath,
    [...(options.nodeOptions ?? []), ...nodeOptions('start'), MAIN, 'serve'],
    {
      cwd: options.dataDirectory,
      env: environmentOf(options),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const lines: string[] = []
  const exited = once(child, 'exit')
  options.onSpawn?.(child)
  const url = await new Promise<string>((resolve, reject) => {
    const take = (line: string) => {
      lines.push(line)
      const found = /^listening on (\S+)$/.exec(line)?.[1]
      if (found !== undefined) resolve(found)
    }
    createInterface({ input: child.stdout }).on('line', take)
    createInterface({ input: child.stderr }).on('line', take)
    child.once('error', reject)
    child.once('close', (code, signal) =>
      reject(new Error(`the server ended (${code ?? signal}):\n${lines.join('\n')}`)),
    )
    setTimeout(() => reject(new Error('the server does not listen')), START_LIMIT_MS).unref()
  })
  return {
    url,
    endpoint: `${url}/server`,
    pid: child.pid ?? 0,
    startMs: performance.now() - started,
    output: () => lines.join('\n'),
    async stop() {
      child.kill('SIGTERM')
      const impatient = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS)
      await exited
      clearTimeout(impatient)
      if (child.exitCode !== 0) {
        throw new Error(`the server ended with ${child.exitCode ?? child.signalCode}:\n${lines.join('\n')}`)
      }
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** Nothing of the caller's own settings reaches the server. */
function environmentOf({ dataDirectory, port = 0, settings = {} }: ServerOptions): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('HEXAPLA_') && name !== 'DATABASE_URL',
  )
  return {
    ...Object.fromEntries(inherited),
    HEXAPLA_DATA: dataDirectory,
    HEXAPLA_PORT: String(port),
    HEXAPLA_SAMPLE: 'off',
    HEXAPLA_ADMIN_EMAIL: ACCOUNT.email,
    HEXAPLA_ADMIN_PASSWORD: ACCOUNT.password,
    ...settings,
  }
}
