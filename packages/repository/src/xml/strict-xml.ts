import { parseXml, XmlError, type XmlElement } from '@rgrove/parse-xml'

/** A text that is no XML, or more of XML than is taken: a document type, an endless depth. */
export class StrictXmlError extends Error {
  override readonly name = 'StrictXmlError'
  readonly code = 'XML_REFUSED'
  /** 1-based; null where no line is to blame. */
  readonly line: number | null

  constructor(message: string, line: number | null, options?: ErrorOptions) {
    super(message, options)
    this.line = line
  }
}

/**
 * Parses an XML document. It must be well-formed and have no document type: nothing is ever fetched, and no entity but
 * those of XML itself is known. Offsets of its nodes are those in the text.
 *
 * @param text with line feeds alone at the ends of lines, for offsets to fit
 * @throws StrictXmlError `XML_REFUSED`
 */
export function parseStrictXml(text: string): XmlElement {
  try {
    const document = parseXml(text, { includeOffsets: true, preserveDocumentType: true })
    const type = document.children.find((node) => node.type === 'doctype')
    if (type !== undefined) throw new StrictXmlError('has a document type', lineAt(text, type.start))
    if (document.root === null) throw new StrictXmlError('is empty', null)
    return document.root
  } catch (cause) {
    if (cause instanceof XmlError) {
      const reason = cause.message.split('\n', 1)[0] ?? ''
      throw new StrictXmlError(`is not well-formed: ${reason}`, cause.line, { cause })
    }
    // The parser descends into elements by recursion: only a document made for it is that deep.
    if (cause instanceof RangeError) throw new StrictXmlError('is nested too deeply', null, { cause })
    throw cause
  }
}

/** The encoding that a document declares (XML 1.0, appendix F): byte order mark, then the declaration, then UTF-8. */
export function declaredEncoding(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const start = bytes.subarray(0, 200).toString('latin1')
  return /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ?? 'utf-8'
}

/** The 1-based line of an offset in a text. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let next = text.indexOf('\n'); next !== -1 && next < offset; next = text.indexOf('\n', next + 1))
    line += 1
  return line
}
