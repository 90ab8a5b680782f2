import type { Readable } from 'node:stream'
import { elementsIn, parseStrictXml, StrictXmlError } from '@hexapla/repository'
import { HttpError } from '@hexapla/rest'

/** An element of a document that was read. */
export type XmlElement = ReturnType<typeof parseStrictXml>

/** A document that was read, and its text. */
export interface XmlDocument {
  readonly root: XmlElement
  readonly text: string
}

/** Far more than a description of an object takes, in bytes. */
const LARGEST = 1024 * 1024
/** How deep elements lie in one another, at most. */
const DEEPEST = 16

/**
 * Reads a small XML document in UTF-8; see `parseStrictXml` for what is refused.
 *
 * @throws HttpError 400 `malformed-xml`
 */
export async function readXml(source: Readable): Promise<XmlDocument> {
  const text = decode(await readBytes(source))
  const root = parse(text)
  requireShallow(root)
  return { root, text }
}

/** The refusal of a document. */
export function malformedXml(message: string, options?: ErrorOptions): HttpError {
  return new HttpError(400, 'malformed-xml', `The content ${message}`, options)
}

async function readBytes(source: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of source as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LARGEST) throw malformedXml(`is larger than ${LARGEST} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw malformedXml('is not UTF-8', { cause })
  }
}

function parse(text: string): XmlElement {
  // What is said of another encoding would not be true.
  const encoding = /^<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']/.exec(text)?.[1]
  if (encoding !== undefined && !/^(?:utf-8|us-ascii)$/i.test(encoding)) throw malformedXml('is not UTF-8')
  try {
    return parseStrictXml(text)
  } catch (cause) {
    if (!(cause instanceof StrictXmlError)) throw cause
    const place = cause.line === null ? '' : ` (line ${cause.line})`
    throw malformedXml(`${cause.message}${place}`, { cause })
  }
}

function requireShallow(root: XmlElement): void {
  let level: readonly XmlElement[] = [root]
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > DEEPEST) throw malformedXml('is nested too deeply')
    level = level.flatMap(elementsIn)
  }
}
