import { constants, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hasErrorCode } from '../../has-error-code.ts'

/** What a running postmaster tells about itself in `postmaster.pid` (PostgreSQL source, `miscadmin.h`, LOCK_FILE_LINE_*). */
export interface PostmasterFile {
  readonly pid: number
  readonly port: number
  /** Empty when it listens on no Unix socket. */
  readonly socketDirectory: string
  /** Empty when it listens on no TCP address. */
  readonly address: string
  readonly ready: boolean
}

/** Reads `postmaster.pid` of a data directory; `undefined` when there is none. */
export async function readPostmasterFile(data: string): Promise<PostmasterFile | undefined> {
  let text: string
  try {
    text = await readFile(join(data, 'postmaster.pid'), 'utf8')
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined
    throw error
  }
  const [pid = '', , , port = '', socketDirectory = '', address = '', , status = ''] = text.split('\n')
  // A single-user backend writes its pid negative; an empty file is one that is just being written.
  const number = Math.abs(Number.parseInt(pid, 10))
  if (!Number.isFinite(number)) return undefined
  return { pid: number, port: Number(port), socketDirectory, address, ready: status.trim() === 'ready' }
}

/**
 * Makes PostgreSQL take a `postmaster.pid` as stale whose pid now belongs to another process. The file is not removed,
 * because its shared memory key still guards against backends that outlived their postmaster; but a pid that is the
 * starting process's parent counts as gone (PostgreSQL source, `CreateLockFile`).
 */
export async function disownPostmasterFile(data: string): Promise<void> {
  const path = join(data, 'postmaster.pid')
  try {
    const lines = (await readFile(path, 'utf8')).split('\n')
    // The directory belongs to the database's user: no link laid there may make root write elsewhere.
    const flag = constants.O_WRONLY | constants.O_TRUNC | (constants.O_NOFOLLOW ?? 0)
    await using file = await open(path, flag)
    await file.writeFile([String(process.pid), ...lines.slice(1)].join('\n'))
  } catch (error) {
    // A server that was still ending has removed it meanwhile.
    if (!hasErrorCode(error, 'ENOENT')) throw error
  }
}
