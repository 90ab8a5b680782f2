import { stat } from 'node:fs/promises'
import { ImportError } from '../import-error.ts'
import { openDirectoryTree } from './directory-tree.ts'
import type { FileTree } from './file-tree.ts'
import { openZipTree } from './zip-tree.ts'

/**
 * Opens a directory or a ZIP archive for reading.
 *
 * @throws ImportError `IMPORT_SOURCE_UNREADABLE` when it is missing, neither of both, damaged or unsafe
 */
export async function openTree(source: string): Promise<FileTree> {
  const stats = await stat(source).catch((cause: unknown) => {
    throw new ImportError('IMPORT_SOURCE_UNREADABLE', `${source} cannot be read`, {}, { cause })
  })
  return stats.isDirectory() ? openDirectoryTree(source) : openZipTree(source)
}
