import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** What `printMemory` prints. */
export interface MemoryUse {
  readonly bytes: number
  readonly growth: number
  readonly ms: number
}

/** Bytes of a large file. */
export const LARGE = 300 * 1024 * 1024

/** Runs a program of `printMemory` in a process of its own, so that what it measures is the client alone. */
export async function runMemoryChild(program: URL, args: readonly string[]): Promise<MemoryUse> {
  // As the command runs: what V8 has not collected yet is not held by the client.
  const options = ['--conditions=@hexapla/source', '--max-semi-space-size=2']
  const command = [...options, program.pathname, ...args]
  const { stdout } = await promisify(execFile)(process.execPath, command, { timeout: 80_000 })
  return JSON.parse(stdout) as MemoryUse
}

/** A large file of nothing. */
export function* zeros(): Generator<Buffer, void, undefined> {
  const chunk = Buffer.alloc(64 * 1024)
  for (let left = LARGE; left > 0; left -= chunk.length) yield chunk.subarray(0, left)
}
