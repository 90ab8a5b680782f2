import type { XmlElement } from '@rgrove/parse-xml'
import { declaredEncoding, lineAt, parseStrictXml, StrictXmlError } from '../../xml/strict-xml.ts'
import { ImportError } from '../import-error.ts'
import type { FileTree } from '../tree/file-tree.ts'
import { readText } from '../tree/read-text.ts'

/** A description of an item is metadata, never content: 16 MiB are far more than any has. */
const LIMIT = 16 * 1024 * 1024

/** An XML document that was read, and where its parts stand. */
export interface XmlText {
  readonly root: XmlElement
  /** 1-based line at which an element begins. */
  lineOf(element: XmlElement): number
}

/**
 * Reads a small XML document; see `parseStrictXml` for what is refused.
 *
 * @returns undefined when there is no such file
 * @throws ImportError `IMPORT_ITEM_FAULTY` with the line, `IMPORT_FILE_UNREADABLE`
 */
export async function readXml(tree: FileTree, path: string): Promise<XmlText | undefined> {
  const text = await readText(tree, path, LIMIT, declaredEncoding)
  if (text === undefined) return undefined
  const root = parse(text, path)
  return { root, lineOf: (element) => lineAt(text, element.start) }
}

function parse(text: string, path: string): XmlElement {
  try {
    return parseStrictXml(text)
  } catch (cause) {
    if (!(cause instanceof StrictXmlError)) throw cause
    const place = { file: path, ...(cause.line === null ? {} : { line: cause.line }) }
    throw new ImportError('IMPORT_ITEM_FAULTY', `${path} ${cause.message}`, place, { cause })
  }
}
