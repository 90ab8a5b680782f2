import { HttpError } from '@hexapla/rest'

/**
 * Where a browser is led after signing in: to the API itself, its user interface, and pages that may use the API.
 * Unlike in the original, whole origins count, not the names of hosts: another port may be another's.
 *
 * @throws HttpError 400 `redirect-foreign` for any other address
 */
export function returnAddress(address: string, allowed: readonly string[]): string {
  const url = URL.parse(address)
  const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:'
  const isKnown = isHttp && allowed.some((one) => URL.parse(one)?.origin === url.origin)
  if (isKnown && url.username === '' && url.password === '') return url.href
  throw new HttpError(400, 'redirect-foreign', 'redirectUrl must lead to this server or its user interface')
}
