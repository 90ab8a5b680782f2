import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { ClientError } from '../errors.ts'
import type { ByteSource } from '../session/upload.ts'

/**
 * A file of the disk as source of an upload, opened when it is sent and closed whatever happens.
 *
 * @throws {ClientError} `body_invalid` when it is no regular file; the system's own error when it cannot be read
 */
export async function fileSource(path: string): Promise<ByteSource> {
  const stats = await stat(path)
  if (!stats.isFile()) throw new ClientError('body_invalid', `${path} is no file`)
  return {
    name: basename(path),
    size: stats.size,
    open: () => createReadStream(path),
  }
}
