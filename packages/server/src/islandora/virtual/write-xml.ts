import { DOMImplementation, XMLSerializer, type Document, type Element } from '@xmldom/xmldom'

/** A document with a root element in a namespace. */
export function newDocument(
  namespace: string,
  name: string,
): { readonly document: Document; readonly root: Element } {
  const document = new DOMImplementation().createDocument(namespace, name)
  const root = document.documentElement
  if (root === null) throw new Error(`No element ${name} was made`)
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
