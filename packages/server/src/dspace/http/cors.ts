import type { RestRequest, RestResponse } from '@hexapla/rest'

const ALLOWED_METHODS = 'OPTIONS, HEAD, GET, POST, PUT, PATCH, DELETE'
/** What the web UI sends, and what it must be able to read (DSpace WebApplication, addCorsMappings). */
const ALLOWED_HEADERS = [
  'Accept',
  'Authorization',
  'Content-MD5',
  'Content-Type',
  'If-Match',
  'If-None-Match',
  'Origin',
  'Range',
  'X-On-Behalf-Of',
  'X-Requested-With',
  'X-XSRF-TOKEN',
  'X-CORRELATION-ID',
  'X-REFERRER',
  'x-captcha-payload',
  'access-control-allow-headers',
].join(', ')
const EXPOSED_HEADERS = [
  'Authorization',
  'DSPACE-XSRF-TOKEN',
  'Location',
  'WWW-Authenticate',
  'Accept-Ranges',
  'Content-Disposition',
  'Content-Range',
  'ETag',
  'X-Request-Id',
].join(', ')
const PREFLIGHT_LIFETIME_S = 3600

/**
 * Lets pages of the listed origins use the API with credentials (Fetch standard, "CORS protocol"). Other origins get
 * no permission, and the browser keeps the answer from them.
 *
 * @param origins exact origins, e.g. `https://repository.example.org`
 */
export function allowOrigins(origins: readonly string[]) {
  const known = new Set(origins)
  return (request: RestRequest, response: RestResponse): void => {
    const origin = request.header('origin')
    if (known.size > 0) response.append('Vary', 'Origin')
    if (origin === undefined || !known.has(origin)) return
    response.header('Access-Control-Allow-Origin', origin).header('Access-Control-Allow-Credentials', 'true')
    if (request.method === 'OPTIONS' && request.header('access-control-request-method') !== undefined) {
      response
        .header('Access-Control-Allow-Methods', ALLOWED_METHODS)
        .header('Access-Control-Allow-Headers', ALLOWED_HEADERS)
        .header('Access-Control-Max-Age', PREFLIGHT_LIFETIME_S)
        .status(204)
        .end()
      return
    }
    response.header('Access-Control-Expose-Headers', EXPOSED_HEADERS)
  }
}
