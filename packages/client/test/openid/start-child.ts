import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

/** Runs a TypeScript file beside the tests in a process of its own, until it has written a first line. */
export async function startChild(file: string, args: readonly string[]) {
  const path = fileURLToPath(new URL(file, import.meta.url))
  const child = spawn(process.execPath, ['--conditions=@hexapla/source', path, ...args])
  const closed = once(child, 'close') as Promise<[number | null]>
  const errors = text(child.stderr)
  await Promise.race([once(child.stdout, 'data'), closed])
  return {
    /** Writes to its input and waits for its end; gives what it wrote from then on. */
    async goOn() {
      child.stdin.end('go on\n')
      const [output, [code]] = await Promise.all([text(child.stdout), closed])
      return { code, output, errors: await errors }
    },
    async kill() {
      child.kill('SIGKILL')
      await closed
    },
  }
}
