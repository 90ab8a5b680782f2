import { ImportError } from '../import-error.ts'
import { joinPath } from '../tree/file-tree.ts'
import type { FileTree } from '../tree/file-tree.ts'
import { readText } from '../tree/read-text.ts'

const LIMIT = 1024 * 1024
const HANDLE = /^[^\s/]+\/\S+$/
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Reads the `handle` file of an item in the Simple Archive Format: its first line.
 *
 * @returns null when there is no such file or it is empty
 * @throws ImportError `IMPORT_ITEM_FAULTY`, `IMPORT_FILE_UNREADABLE`
 */
export async function readHandle(tree: FileTree, folder: string): Promise<string | null> {
  const path = joinPath(folder, 'handle')
  const [first] = await linesOf(tree, path)
  if (first === undefined) return null
  if (HANDLE.test(first.text)) return first.text
  throw new ImportError('IMPORT_ITEM_FAULTY', `${first.text} is no handle`, { file: path, line: first.line })
}

/**
 * Reads the `collections` file of an item: handles or uuids, the owning collection first.
 *
 * @returns none when there is no such file
 * @throws ImportError `IMPORT_ITEM_FAULTY`, `IMPORT_FILE_UNREADABLE`
 */
export async function readCollections(tree: FileTree, folder: string): Promise<readonly string[]> {
  const path = joinPath(folder, 'collections')
  const collections = new Set<string>()
  for (const { text, line } of await linesOf(tree, path)) {
    if (!HANDLE.test(text) && !UUID.test(text)) {
      throw new ImportError('IMPORT_ITEM_FAULTY', `${text} is neither handle nor uuid`, { file: path, line })
    }
    collections.add(text)
  }
  return [...collections]
}

async function linesOf(tree: FileTree, path: string): Promise<readonly { text: string; line: number }[]> {
  const text = (await readText(tree, path, LIMIT)) ?? ''
  return text
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ text: line.trim(), line: index + 1 }))
    .filter((line) => line.text !== '')
}
