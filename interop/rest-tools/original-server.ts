import { fileURLToPath } from 'node:url'
import { startProgram } from '../process/start-program.ts'

/** Starts a server script of this folder and waits until it tells its port. @throws Error when it ends before */
export async function startOriginalServer(
  python: string,
  script: string,
  args: readonly string[],
): Promise<AsyncDisposable & { readonly url: string }> {
  const program = await startProgram(python, [fileURLToPath(new URL(script, import.meta.url)), ...args])
  return {
    url: `http://127.0.0.1:${program.firstLine}`,
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  }
}
