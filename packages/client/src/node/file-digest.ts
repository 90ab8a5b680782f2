import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'

/** A checksum in hexadecimal digits. */
export interface Checksum {
  readonly algorithm: 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512'
  readonly value: string
}

/** The digest of a file in small hexadecimal digits. */
export async function fileDigest(
  path: string,
  algorithm: Checksum['algorithm'],
  signal: AbortSignal | undefined,
): Promise<string> {
  const hash = createHash(algorithm)
  // One buffer for all reads: those of a stream would lie about until the next garbage collection.
  const buffer = Buffer.allocUnsafeSlow(1024 * 1024)
  const file = await open(path)
  try {
    for (;;) {
      signal?.throwIfAborted()
      const { bytesRead } = await file.read(buffer, 0, buffer.length)
      if (bytesRead === 0) return hash.digest('hex')
      hash.update(buffer.subarray(0, bytesRead))
    }
  } finally {
    await file.close()
  }
}
