import { createHash, randomFillSync, randomInt } from 'node:crypto'

const SMALLEST = 50 * 1024
const LARGEST = 5 * 1024 * 1024
/** Random bytes that files are cut from: making new ones for each would be slower than sending them. */
const pool = randomFillSync(Buffer.alloc(2 * LARGEST))

/** A file's bytes, unlike any other's. Small ones are as likely as large ones, on a logarithmic scale. */
export function randomContent(): { readonly bytes: Blob; readonly size: number; readonly sha256: string } {
  const size = Math.round(SMALLEST * (LARGEST / SMALLEST) ** Math.random())
  const start = randomInt(pool.length - size)
  const content = Buffer.from(pool.subarray(start, start + size))
  randomFillSync(content, 0, 16)
  return {
    bytes: new Blob([content]),
    size,
    sha256: createHash('sha256').update(content).digest('hex'),
  }
}
