import { HttpError, type RestRequest } from '@hexapla/rest'

/**
 * The digest that `Content-MD5` declares of a file, in hexadecimal: base64 as RFC 1864 section 2 has it, or hexadecimal
 * digits, which people take from md5sum.
 *
 * @throws HttpError 400 `content-md5-malformed`
 */
export function declaredMd5(request: RestRequest): string | undefined {
  const text = request.header('content-md5')?.trim()
  if (text === undefined) return undefined
  if (/^[0-9a-f]{32}$/i.test(text)) return text.toLowerCase()
  if (/^[A-Za-z0-9+/]{22}==$/.test(text)) return Buffer.from(text, 'base64').toString('hex')
  const message = 'must be an MD5 digest in base64'
  throw new HttpError(400, 'content-md5-malformed', `Content-MD5 ${message}`, {
    fields: [{ name: 'Content-MD5', message }],
  })
}
