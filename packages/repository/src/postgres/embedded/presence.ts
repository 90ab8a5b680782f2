import { execFile } from 'node:child_process'
import { constants, open, rm } from 'node:fs/promises'
import { promisify } from 'node:util'
import { hasErrorCode } from '../../has-error-code.ts'

/** A sign of life that others see without knowing our pid: containers that share a volume have pids of their own. */
export interface Presence {
  /** Handed down to a child process, it lasts until that has ended too. */
  readonly descriptor: number
  readonly end: () => Promise<void>
}

/**
 * Holds a named pipe open for reading. The system itself tells whether anybody does (open(2), ENXIO), in all containers of
 * one machine and at once when the last holder dies, however that happens.
 *
 * @returns undefined where there is nothing of the kind: pids are the same for everybody there
 */
export async function showPresence(path: string): Promise<Presence | undefined> {
  if (process.platform !== 'linux') return undefined
  await promisify(execFile)('mkfifo', ['-m', '600', path])
  const pipe = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  return {
    descriptor: pipe.fd,
    async end() {
      await pipe.close()
      await rm(path, { force: true })
    },
  }
}

/** Whether a process, in whatever container of this machine, still holds the pipe open. */
export async function isPresent(path: string): Promise<boolean> {
  try {
    const pipe = await open(path, constants.O_WRONLY | constants.O_NONBLOCK)
    await pipe.close()
    return true
  } catch (error) {
    if (hasErrorCode(error, 'ENXIO') || hasErrorCode(error, 'ENOENT')) return false
    throw error
  }
}
