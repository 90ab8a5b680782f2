import type { FileTree } from './file-tree.ts'
import { ImportError } from '../import-error.ts'

/**
 * Reads a small text of a tree whole.
 *
 * @param limit bytes; more is refused before anything is read
 * @param encoding a label of the WHATWG Encoding Standard, or a function that finds it in the bytes
 * @returns undefined when there is no such file. A byte order mark is left out
 * @throws ImportError `IMPORT_FILE_UNREADABLE` when it is too large or not in that encoding
 */
export async function readText(
  tree: FileTree,
  path: string,
  limit: number,
  encoding: string | ((bytes: Buffer) => string) = 'utf-8',
): Promise<string | undefined> {
  const file = await tree.file(path)
  if (file === undefined) return undefined
  if (file.size > limit) {
    throw new ImportError('IMPORT_FILE_UNREADABLE', `${path} has ${file.size} bytes, more than ${limit}`, {
      file: path,
    })
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of await file.open()) {
    const bytes = chunk as Buffer
    size += bytes.length
    // A file can grow after its size was asked for.
    if (size > limit) throw new ImportError('IMPORT_FILE_UNREADABLE', `${path} is too large`, { file: path })
    chunks.push(bytes)
  }
  const bytes = Buffer.concat(chunks)
  const label = typeof encoding === 'string' ? encoding : encoding(bytes)
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new ImportError(
      'IMPORT_FILE_UNREADABLE',
      `${path} is not written in ${label}`,
      { file: path },
      { cause },
    )
  }
}
