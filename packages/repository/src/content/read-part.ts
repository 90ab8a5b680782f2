import type { FileHandle } from 'node:fs/promises'
import type { FilePart } from './content-layout.ts'

/** Reads a part of a file; undefined where the file ends before it does. */
export async function readPart(file: FileHandle, { start, length }: FilePart): Promise<Buffer | undefined> {
  const bytes = Buffer.allocUnsafe(length)
  for (let known = 0; known < length;) {
    const { bytesRead } = await file.read(bytes, known, length - known, start + known)
    if (bytesRead === 0) return undefined
    known += bytesRead
  }
  return bytes
}
