import { constants } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'

/**
 * A flag of files: writing and syncing are one call. Elsewhere than on Linux it promises less, or is unknown: then it is 0, and
 * whoever writes has to sync.
 */
export const SYNCED_WRITES = process.platform === 'linux' ? constants.O_DSYNC : 0

/**
 * Writes chunks behind one another. The system may write less than it was given, when the disk is nearly full: then the rest
 * is tried again.
 *
 * @param position where they begin, in bytes
 */
export async function writeAll(
  file: FileHandle,
  chunks: readonly Uint8Array[],
  position: number,
): Promise<void> {
  const bytes = totalLength(chunks)
  if (bytes === 0) return
  const { bytesWritten } = await file.writev(chunks, position)
  if (bytesWritten === bytes) return
  const rest = Buffer.concat(chunks).subarray(bytesWritten)
  await writeAll(file, [rest], position + bytesWritten)
}

/** In bytes. */
export function totalLength(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0)
}
