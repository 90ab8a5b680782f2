import type { BodySource } from './body-source.ts'

/** Reads a body into memory; its limit is that of the source. */
export async function collect(source: BodySource): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of source) {
    // The source has no encoding set, so that every chunk is a buffer.
    chunks.push(chunk as Buffer)
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)
}
