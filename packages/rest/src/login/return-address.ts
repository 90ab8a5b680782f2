import { HttpError } from '../http-error.ts'

/**
 * Where a browser is led after it signed in: `target` as an absolute address, resolved as browsers do.
 *
 * @param base the service's own address
 * @param origins that may be led to
 * @throws HttpError 400 `return-address-refused` for everything that leads elsewhere, or tries to hide where it leads
 */
export function returnAddress(target: string, base: URL, origins: ReadonlySet<string>): URL {
  // Browsers drop control characters and take a backslash for a slash; honest addresses have neither.
  const url = /[\\\p{Cc}\s]/u.test(target) ? null : URL.parse(target, base.href)
  // A blob has the origin of whoever made it.
  const known = url !== null && /^https?:$/.test(url.protocol) && origins.has(url.origin)
  if (!known || url.username !== '' || url.password !== '') {
    throw new HttpError(400, 'return-address-refused', 'this is no address to go to after signing in')
  }
  return url
}
