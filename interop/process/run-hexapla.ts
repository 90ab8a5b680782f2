import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { nodeOptions } from './node-options.ts'
import { memoryOf } from './processes.ts'
import { ACCOUNT } from './server-process.ts'

const MAIN = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url))
const SAMPLE_EVERY_MS = 20

/** What a command did. */
export interface Measured {
  readonly stdout: string
  /** The most memory that its process ever held, in bytes. */
  readonly peak: number
}

/**
 * Runs `hexapla` as the administrator, in `directory`.
 *
 * @throws Error with what it wrote, when it does not end with code 0
 */
export async function runHexapla(
  endpoint: string,
  args: readonly string[],
  directory: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Measured> {
  const child = spawn(process.execPath, [...nodeOptions('hexapla'), MAIN, ...args], {
    cwd: directory,
    env: {
      ...process.env,
      HEXAPLA_ENDPOINT: endpoint,
      HEXAPLA_USER: ACCOUNT.email,
      HEXAPLA_PASSWORD: ACCOUNT.password,
      XDG_CONFIG_HOME: join(directory, 'config'),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let peak = 0
  const watching = (async () => {
    // VmHWM only grows, so that the last sample before the end misses next to nothing.
    while (child.exitCode === null && child.signalCode === null) {
      peak = Math.max(peak, await memoryOf(child.pid ?? 0, 'VmHWM'))
      await sleep(SAMPLE_EVERY_MS)
    }
  })()
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  await watching
  if (child.exitCode === 0) return { stdout, peak }
  throw new Error(`hexapla ${args.join(' ')} ended with ${child.exitCode ?? child.signalCode}:\n${stderr}`)
}
