import { TextDecoder } from 'node:util'
import { HttpError } from '../http-error.ts'

/**
 * Decodes a body by its charset, UTF-8 where none is named.
 *
 * @throws HttpError 415 `unsupported-charset`, 400 `malformed-text` when the bytes are not of that charset.
 */
export function decodeText(bytes: Buffer, charset: string | null | undefined): string {
  const label = charset ?? 'utf-8'
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(label, { fatal: true })
  } catch (cause) {
    throw new HttpError(415, 'unsupported-charset', `the charset ${label} is not known`, { cause })
  }
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw new HttpError(400, 'malformed-text', `the body is not ${label}`, { cause })
  }
}
