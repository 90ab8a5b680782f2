import type { ImportFault, ImportItem } from '../../import/import-item.ts'

/** Bytes after which a chunk is full: what a broken import has to receive again. */
const CHUNK_BYTES = 256 * 1024 * 1024
/** Files after which a chunk is full: each takes a lock in the database. */
const CHUNK_FILES = 500

/** Gathers items for one transaction each, at least one at a time. */
export async function* inChunks(
  source: AsyncIterable<ImportItem | ImportFault>,
  size: number,
): AsyncGenerator<readonly (ImportItem | ImportFault)[], void, void> {
  let chunk: (ImportItem | ImportFault)[] = []
  let files = 0
  let bytes = 0
  for await (const found of source) {
    chunk.push(found)
    if (found.kind === 'item') {
      files += found.files.length
      bytes += found.files.reduce((sum, file) => sum + file.size, 0)
    }
    if (chunk.length < size && files < CHUNK_FILES && bytes < CHUNK_BYTES) continue
    yield chunk
    chunk = []
    files = 0
    bytes = 0
  }
  if (chunk.length > 0) yield chunk
}
