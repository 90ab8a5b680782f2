import { DOMImplementation, XMLSerializer, type Document, type Element } from '@xmldom/xmldom'

const XMLNS = 'http://www.w3.org/2000/xmlns/'

/**
 * A document with a root element in a namespace.
 *
 * @param prefixes further namespaces, by what they are called throughout the document
 */
export function newDocument(
  namespace: string,
  name: string,
  prefixes: ReadonlyMap<string, string>,
): { readonly document: Document; readonly root: Element } {
  const document = new DOMImplementation().createDocument(namespace, name)
  const root = document.documentElement
  if (root === null) throw new Error(`No element ${name} was made`)
  for (const [prefix, uri] of prefixes) root.setAttributeNS(XMLNS, `xmlns:${prefix}`, uri)
  return { document, root }
}

/** An element behind the others of its parent. */
export function append(parent: Element, namespace: string, name: string, text = ''): Element {
  const { ownerDocument } = parent
  if (ownerDocument === null) throw new Error('The parent is in no document')
  const element = ownerDocument.createElementNS(namespace, name)
  if (text !== '') element.appendChild(ownerDocument.createTextNode(clean(text)))
  parent.appendChild(element)
  return element
}

/** The document as text. */
export function serialize(document: Document): string {
  return new XMLSerializer().serializeToString(document, { requireWellFormed: true })
}

/** XML has no place for most control characters (XML 1.0 section 2.2): they become U+FFFD. */
function clean(text: string): string {
  return text.replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
}
