import { HttpError } from '../http-error.ts'
import type { RestRequest } from '../request.ts'

/**
 * Refuses a request that a page of another origin has made with this browser's cookies.
 *
 * Browsers tell by `Sec-Fetch-Site`, older ones and those without TLS by `Origin`. A request with neither comes from no
 * page: all browsers send `Origin` with unsafe methods.
 *
 * @param origins of the service itself, and those whose pages may use it
 * @throws HttpError 403 `cross-site-request`
 */
export function requireSameOrigin(request: RestRequest, origins: ReadonlySet<string>): void {
  const origin = request.header('origin')
  if (origin !== undefined && origins.has(origin)) return
  const site = request.header('sec-fetch-site')
  if (site === 'same-origin' || site === 'none') return
  if (site === undefined && origin === undefined) return
  throw new HttpError(403, 'cross-site-request', 'the request was made by a page of another site')
}
