import type { RestRequest } from '@hexapla/rest'

/**
 * Name and password of Basic authentication (RFC 7617). Bytes that are no UTF-8 are read as Latin-1, which `requests`
 * sends.
 *
 * @returns undefined without such credentials
 */
export function readBasic(request: RestRequest): { name: string; password: string } | undefined {
  const encoded = /^basic +([\w+/=-]+)$/i.exec(request.header('authorization')?.trim() ?? '')?.[1]
  if (encoded === undefined) return undefined
  const text = decode(Buffer.from(encoded, 'base64'))
  const colon = text.indexOf(':')
  return colon === -1 ? undefined : { name: text.slice(0, colon), password: text.slice(colon + 1) }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return bytes.toString('latin1')
  }
}
