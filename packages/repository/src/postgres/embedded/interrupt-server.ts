import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { PostgresBinaries } from './binaries.ts'
import { hasErrorCode } from '../../has-error-code.ts'

/**
 * Asks a postmaster for a fast shutdown (SIGINT: ends sessions, writes a checkpoint) or an immediate one (SIGQUIT: the next
 * start recovers from the log). Nothing happens when it is gone.
 */
export async function interruptServer(
  deps: { binaries: PostgresBinaries },
  pid: number,
  signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT',
): Promise<void> {
  if (process.platform === 'win32') {
    // Windows has no such signals; PostgreSQL listens on a pipe that pg_ctl knows. It fails when the server is gone.
    await promisify(execFile)(deps.binaries.pgCtl, ['kill', signal.slice(3), String(pid)]).catch(
      () => undefined,
    )
    return
  }
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (!hasErrorCode(error, 'ESRCH')) throw error
  }
}
