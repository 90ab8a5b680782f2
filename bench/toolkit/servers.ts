import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { ISSUER, ROLES, SECRET } from './task.ts'

/** A server of the benchmark, in a process of its own. */
export interface BenchedServer {
  readonly url: string
  readonly pid: number
  readonly stop: () => void
}

/** Starts one of the servers that tell their address by message. */
export async function startScript(name: string): Promise<BenchedServer> {
  const child = fork(fileURLToPath(new URL(name, import.meta.url)), {
    execArgv: ['--conditions=@hexapla/source'],
  })
  const [url] = (await once(child, 'message')) as [string]
  return { url, pid: child.pid ?? 0, stop: () => child.disconnect() }
}

/** Starts the original with an interpreter that has it installed. */
export async function startOriginal(python: string): Promise<BenchedServer> {
  const file = fileURLToPath(new URL('rest_tools_server.py', import.meta.url))
  const child = spawn(python, [file, SECRET, ISSUER, ...ROLES], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  const [url] = (await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the original ended with ${String(code)}`)
    }),
  ])) as [string]
  return { url, pid: child.pid ?? 0, stop: () => child.kill() }
}
