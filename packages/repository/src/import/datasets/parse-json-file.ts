import { isJsonObject, type JsonObject } from '../../domain/patch/json-value.ts'
import { ImportError } from '../import-error.ts'
import type { FileTree } from '../tree/file-tree.ts'
import { readText } from '../tree/read-text.ts'

/** Descriptions are small; collections of features are held whole. */
const LIMIT = 256 * 1024 * 1024

/**
 * Reads a file that holds an object of JSON.
 *
 * @returns undefined when there is no such file
 * @throws ImportError `IMPORT_FILE_UNREADABLE`, `IMPORT_ITEM_FAULTY` when it holds anything else
 */
export async function parseJsonFile(tree: FileTree, path: string): Promise<JsonObject | undefined> {
  const text = await readText(tree, path, LIMIT)
  if (text === undefined) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ImportError('IMPORT_ITEM_FAULTY', `${path} is no JSON: ${reason}`, { file: path }, { cause })
  }
  if (isJsonObject(value)) return value
  throw new ImportError('IMPORT_ITEM_FAULTY', `${path} is no JSON object`, { file: path })
}
