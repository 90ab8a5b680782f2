import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const SCRIPT = fileURLToPath(new URL('rest-server.py', import.meta.url))

/** Starts rest-server.py and waits until it listens. @throws Error when it ends before */
export async function startOriginalServer(
  python: string,
  secret: string,
): Promise<AsyncDisposable & { readonly url: string }> {
  const child = spawn(python, [SCRIPT, secret], { stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = once(child, 'exit')
  const log: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line))
  const listening = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>
  const port = await Promise.race([listening.then(([line]) => line), exited.then(() => undefined)])
  if (port === undefined) throw new Error(`rest-server.py ended:\n${log.join('\n')}`)
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill()
      await exited
    },
  }
}
