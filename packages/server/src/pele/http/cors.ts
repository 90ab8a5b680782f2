import type { RestRequest, RestResponse } from '@hexapla/rest'

/**
 * Lets pages of any origin use the API, as the original does: they send a token of their own, and nothing that the
 * browser keeps is looked at.
 */
export function allowAnyOrigin(request: RestRequest, response: RestResponse): void {
  if (request.header('origin') === undefined) return
  response.header('Access-Control-Allow-Origin', '*')
  if (request.method === 'OPTIONS' && request.header('access-control-request-method') !== undefined) {
    response
      .header('Access-Control-Allow-Methods', 'GET, HEAD, POST, OPTIONS')
      .header('Access-Control-Allow-Headers', 'Authorization, Content-Type, X-API-KEY')
      .header('Access-Control-Max-Age', 3600)
      .status(204)
      .end()
    return
  }
  response.header(
    'Access-Control-Expose-Headers',
    'Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-Request-Id',
  )
}
