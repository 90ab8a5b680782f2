import { parseXml, XmlError } from '@rgrove/parse-xml'
import type { XmlElement } from '@rgrove/parse-xml'
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
 * Reads a small XML document. It must be well-formed, and must have no document type: nothing is ever fetched, and no
 * entity but those of XML itself is known.
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
    const document = parseXml(text, { includeOffsets: true, preserveDocumentType: true })
    const type = document.children.find((node) => node.type === 'doctype')
    if (type !== undefined) {
      const line = lineAt(text, type.start)
      throw new ImportError('IMPORT_ITEM_FAULTY', `${path} has a document type`, { file: path, line })
    }
    if (document.root === null) {
      throw new ImportError('IMPORT_ITEM_FAULTY', `${path} is empty`, { file: path })
    }
    return document.root
  } catch (cause) {
    if (cause instanceof XmlError) {
      const reason = cause.message.split('\n', 1)[0] ?? ''
      const place = { file: path, line: cause.line }
      throw new ImportError('IMPORT_ITEM_FAULTY', `${path} is not well-formed: ${reason}`, place, { cause })
    }
    // The parser descends into elements by recursion: only a document made for it is that deep.
    if (cause instanceof RangeError) {
      throw new ImportError('IMPORT_ITEM_FAULTY', `${path} is nested too deeply`, { file: path }, { cause })
    }
    throw cause
  }
}

/** Appendix F of XML 1.0: byte order mark, then the declaration, then UTF-8. */
function declaredEncoding(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const start = bytes.subarray(0, 200).toString('latin1')
  return /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ?? 'utf-8'
}

function lineAt(text: string, offset: number): number {
  let line = 1
  for (let next = text.indexOf('\n'); next !== -1 && next < offset; next = text.indexOf('\n', next + 1))
    line += 1
  return line
}
