import type { XmlElement } from '@rgrove/parse-xml'
import { invalidAnswer } from '../domain/outside-error.ts'
import { declaredEncoding, parseStrictXml, StrictXmlError } from '../xml/strict-xml.ts'

/** A document of XML with the text that its offsets are in. */
export interface XmlAnswer {
  readonly root: XmlElement
  readonly text: string
}

/**
 * Reads the XML of an answer; see `parseStrictXml` for what is refused.
 *
 * @throws OutsideError `OUTSIDE_INVALID`
 */
export function decodeXml(bytes: Buffer): XmlAnswer {
  const encoding = declaredEncoding(bytes)
  const text = decode(bytes, encoding).replaceAll(/\r\n?/g, '\n')
  try {
    return { root: parseStrictXml(text), text }
  } catch (cause) {
    if (!(cause instanceof StrictXmlError)) throw cause
    const place = cause.line === null ? '' : ` (line ${cause.line})`
    throw invalidAnswer(`The answer ${cause.message}${place}`, { cause })
  }
}

function decode(bytes: Buffer, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw invalidAnswer(`The answer is not written in ${encoding}`, { cause })
  }
}
