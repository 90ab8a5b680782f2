import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** The floors' server in a process of its own; it ends with this one. */
export async function startFloor(
  databaseUrl: string,
  directory: string,
): Promise<{ url: string; pid: number; stop: () => void }> {
  const file = fileURLToPath(new URL('floor-server.ts', import.meta.url))
  const child = fork(file, [databaseUrl, directory], { execArgv: ['--conditions=@hexapla/source'] })
  const [url] = (await once(child, 'message')) as [string]
  return { url, pid: child.pid ?? 0, stop: () => child.disconnect() }
}
