import type { Readable } from 'node:stream'
import { ImportError } from '../import-error.ts'

/**
 * A folder or an archive to read from. Paths are relative to it, with `/`, the tree itself being `''`. Nothing has to
 * be closed: files are opened for each reading.
 */
export interface FileTree {
  /** Names of the folders directly in a folder. Those that systems add for themselves are left out. */
  folders(folder: string): Promise<readonly string[]>
  /** Names of the files directly in a folder. */
  files(folder: string): Promise<readonly string[]>
  /**
   * @returns undefined when there is no such file
   * @throws ImportError `IMPORT_FILE_UNREADABLE` when the path leads out of the tree or the file cannot be read
   */
  file(path: string): Promise<TreeFile | undefined>
}

/** A file of a {@link FileTree}. */
export interface TreeFile {
  /** bytes */
  readonly size: number
  /** Begins to read it. Damage shows as an `ImportError` `IMPORT_FILE_UNREADABLE` of the stream. */
  readonly open: () => Promise<Readable>
}

/** Puts names in the order in which people count: `item_2` before `item_10`. */
export function naturalOrder(names: Iterable<string>): readonly string[] {
  return [...names].sort((left, right) => COLLATOR.compare(left, right) || (left < right ? -1 : 1))
}

const COLLATOR = new Intl.Collator('en', { numeric: true })

/** Tells folders of people from those that systems add (`.git`, `__MACOSX`). */
export function isVisibleFolder(name: string): boolean {
  return !name.startsWith('.') && name !== '__MACOSX'
}

/** Joins the path of a folder in a tree with a name in it. */
export function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

/** Refuses a path that is absolute, leads upwards or is not a path at all. */
export function requireInnerPath(path: string): void {
  const parts = path.split('/')
  if (
    path === '' ||
    path.includes('\0') ||
    parts.some((part) => part === '' || part === '..' || part === '.')
  ) {
    throw new ImportError('IMPORT_FILE_UNREADABLE', `${path} is no path inside of the source`, { file: path })
  }
}
