import { MIMEType } from 'node:util'
import { HttpError } from '../http-error.ts'

/** The parsed `Content-Type` of a body, or `undefined` when there is none or it cannot be read. */
export function parseMediaType(header: string | undefined): MIMEType | undefined {
  if (header === undefined || header === '') return undefined
  try {
    return new MIMEType(header)
  } catch {
    // Not a media type by RFC 9110 section 8.3.1: as good as none, the caller of this function refuses it.
    return undefined
  }
}

/** True for `application/json`, and for every type with the suffix `+json` (RFC 6839 section 3.1). */
export function isJsonType(essence: string): boolean {
  return essence === 'application/json' || essence === 'text/json' || essence.endsWith('+json')
}

/** The refusal of a body whose type is not among those wanted (RFC 9110 section 15.5.16), with `Accept` as hint. */
export function unsupportedMediaType(found: string | undefined, wanted: readonly string[]): HttpError {
  const list = wanted.join(', ')
  return new HttpError(
    415,
    'unsupported-media-type',
    found === undefined
      ? `a body of type ${list} is needed`
      : `a body of type ${list} is needed, not ${found}`,
    { headers: { accept: list } },
  )
}
