import { createHash, randomFillSync } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

const BLOCK = 4 * 1024 * 1024

/** Writes a file in which no two blocks are the same; random bytes all through would take longer than sending them. */
export async function writeRandomFile(path: string, bytes: number): Promise<void> {
  const block = randomFillSync(Buffer.alloc(BLOCK))
  const file = await open(path, 'w')
  try {
    for (let written = 0; written < bytes; written += BLOCK) {
      for (let at = 0; at < BLOCK; at += 4096) block.writeDoubleLE(written + at, at)
      await file.write(block, 0, Math.min(BLOCK, bytes - written))
    }
  } finally {
    await file.close()
  }
}

/** The SHA-256 of a file in hexadecimal digits. */
export async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }))
    hash.update(chunk as Buffer)
  return hash.digest('hex')
}
