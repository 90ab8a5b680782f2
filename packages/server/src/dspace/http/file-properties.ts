import { firstValue, type Metadata } from '@hexapla/repository'
import { HttpError } from '@hexapla/rest'
import { isObject, parseMetadata } from '../hal/metadata-document.ts'

/** What a client says of a file that it uploads. */
export interface FileProperties {
  readonly name?: string
  readonly metadata?: Metadata
  readonly declared?: { readonly size?: number; readonly md5?: string }
}

/**
 * Reads the `properties` of an upload: `name` and `metadata`; `sizeBytes` and an MD5 `checkSum`, which the document of a
 * bitstream has too, must be those of the file. The rest is ignored, `bundleName` too: the address names the bundle.
 *
 * @throws HttpError 422 `properties-invalid`, and those of `parseMetadata`
 */
export function parseFileProperties(text: string): FileProperties {
  const document = parseObject(text)
  const metadata = parseMetadata(document['metadata'])
  const { name } = document
  const title = typeof name === 'string' && name.trim() !== '' ? name : firstValue(metadata, 'dc.title')
  return { metadata, ...(title === null ? {} : { name: title }), declared: declaredContent(document) }
}

/**
 * dspace-rest-client, and forms written after the contract's curl example by other means, put the media type behind the
 * document; the original's parser stops at the document's end (bundles.md, "Bitstreams").
 */
const MEDIA_TYPE_TAIL = /\}\s*;\s*(?:type=)?application\/json\s*$/

function parseObject(text: string): Record<string, unknown> {
  let document: unknown
  try {
    document = JSON.parse(text.replace(MEDIA_TYPE_TAIL, '}'))
  } catch (cause) {
    throw invalid('must be JSON', cause)
  }
  if (!isObject(document)) throw invalid('must be a JSON object')
  return document
}

function declaredContent({
  sizeBytes,
  checkSum,
}: Record<string, unknown>): NonNullable<FileProperties['declared']> {
  const isMd5 = isObject(checkSum) && checkSum['checkSumAlgorithm'] === 'MD5'
  const md5 = isMd5 ? checkSum['value'] : undefined
  return {
    ...(typeof sizeBytes === 'number' ? { size: sizeBytes } : {}),
    ...(typeof md5 === 'string' ? { md5 } : {}),
  }
}

function invalid(message: string, cause?: unknown): HttpError {
  return new HttpError(422, 'properties-invalid', `properties ${message}`, {
    fields: [{ name: 'properties', message }],
    cause,
  })
}
