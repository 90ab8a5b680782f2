import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Starts a server script of this folder and waits until it tells its port. @throws Error when it ends before */
export async function startOriginalServer(
  python: string,
  script: string,
  args: readonly string[],
): Promise<AsyncDisposable & { readonly url: string }> {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const child = spawn(python, [path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = once(child, 'exit')
  const log: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line))
  const listening = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>
  const port = await Promise.race([listening.then(([line]) => line), exited.then(() => undefined)])
  if (port === undefined) throw new Error(`${script} ended:\n${log.join('\n')}`)
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill()
      await exited
    },
  }
}
