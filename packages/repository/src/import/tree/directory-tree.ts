import { createReadStream } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { ImportError } from '../import-error.ts'
import { isVisibleFolder, requireInnerPath } from './file-tree.ts'
import type { FileTree, TreeFile } from './file-tree.ts'

/**
 * Reads from a directory. Symbolic links are followed as long as they stay inside of it.
 *
 * @throws ImportError `IMPORT_SOURCE_UNREADABLE`
 */
export async function openDirectoryTree(directory: string): Promise<FileTree> {
  const root = await realpath(directory)
  const inside = root.endsWith(sep) ? root : root + sep

  /** The real place of a path, or undefined when there is nothing. */
  async function locate(path: string): Promise<string | undefined> {
    if (path !== '') requireInnerPath(path)
    const place = await realpath(join(root, path)).catch((error: unknown) => absent(error, path))
    if (place === undefined || place === root || place.startsWith(inside)) {
      return place
    }
    throw new ImportError('IMPORT_FILE_UNREADABLE', `${path} leads out of the source`, { file: path })
  }

  async function names(folder: string, wanted: 'isDirectory' | 'isFile'): Promise<readonly string[]> {
    const place = await locate(folder)
    if (place === undefined) return []
    const entries = await readdir(place, { withFileTypes: true }).catch(
      (error: unknown) => absent(error, folder) ?? [],
    )
    const found: string[] = []
    for (const entry of entries) {
      // A link is listed as what it leads to, also out of the tree: whoever reads it is told then.
      const kind = entry.isSymbolicLink() ? await stat(join(place, entry.name)).catch(() => null) : entry
      if (kind?.[wanted]() === true) found.push(entry.name)
    }
    return found
  }

  async function file(path: string): Promise<TreeFile | undefined> {
    const place = await locate(path)
    if (place === undefined) return undefined
    const stats = await stat(place).catch((error: unknown) => absent(error, path))
    if (stats?.isFile() !== true) return undefined
    return {
      size: stats.size,
      open: async () => {
        const stream = createReadStream(place, { highWaterMark: readBytes(stats.size) })
        await new Promise<void>((resolve, reject) => {
          stream.once('open', () => resolve())
          stream.once('error', (error) => reject(unreadable(error, path)))
        })
        return stream
      },
    }
  }

  return {
    folders: async (folder) => (await names(folder, 'isDirectory')).filter(isVisibleFolder),
    files: async (folder) => names(folder, 'isFile'),
    file,
  }
}

/** A small file in one read, without a buffer of the usual size for it; a large one in larger reads than usual. */
function readBytes(size: number): number {
  return Math.min(Math.max(size + 1, 1024), 256 * 1024)
}

/** Undefined for the errors that say that nothing is there; the others are the source's or the machine's fault. */
function absent(error: unknown, path: string): undefined {
  const code = codeOf(error)
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined
  throw unreadable(error, path)
}

function unreadable(error: unknown, path: string): unknown {
  const code = codeOf(error)
  if (code !== 'EACCES' && code !== 'EPERM' && code !== 'ELOOP' && code !== 'ENOENT') return error
  return new ImportError(
    'IMPORT_FILE_UNREADABLE',
    `${path} cannot be read (${code})`,
    { file: path },
    { cause: error },
  )
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
