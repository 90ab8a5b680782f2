import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** A checksum in hexadecimal digits. */
export interface Checksum {
  readonly algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512'
  readonly value: string
}

/** The digest of a file in small hexadecimal digits. */
export async function fileDigest(
  path: string,
  algorithm: Checksum['algorithm'],
  signal: AbortSignal | undefined,
): Promise<string> {
  const hash = createHash(algorithm)
  const options = { highWaterMark: 1024 * 1024, ...(signal && { signal }) }
  for await (const chunk of createReadStream(path, options)) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}
