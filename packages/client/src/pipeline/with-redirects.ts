import { EndpointError } from '../errors.ts'
import { discardBody } from './discard-body.ts'
import type { ClientRequest, Layer, Send } from './layer.ts'

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
const maxRedirects = 10

// What a stranger may know of a redirected request; no credential is among them.
const harmlessHeaders = ['accept', 'accept-language', 'accept-encoding', 'range', 'if-range', 'user-agent']

/**
 * Follows redirects of GET and HEAD; answers to other methods are handed back as they are. Within `isOwn` the request
 * goes on unchanged. Elsewhere (a content store, say) it goes through `stranger`, without token, cookies or CSRF token.
 *
 * @throws {EndpointError} `url_invalid` for a missing, faulty or endless `Location`.
 */
export function withRedirects(deps: {
  readonly isOwn: (url: URL) => boolean
  readonly stranger: Send
}): Layer {
  return (next) => async (request) => {
    if (request.redirect === 'manual' || !['GET', 'HEAD'].includes(request.method)) return next(request)
    let current = request
    for (let followed = 0; followed <= maxRedirects; followed += 1) {
      const response = await (deps.isOwn(current.url) ? next(current) : deps.stranger(current))
      if (!redirectStatuses.has(response.status)) return response
      await discardBody(response)
      current = redirected(current, response, deps.isOwn)
    }
    throw new EndpointError('url_invalid', `${request.url.href} redirects without end`, request.url.href)
  }
}

function redirected(request: ClientRequest, response: Response, isOwn: (url: URL) => boolean): ClientRequest {
  const location = response.headers.get('location') ?? ''
  const url = location === '' ? null : URL.parse(location, request.url.href)
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new EndpointError('url_invalid', `${request.url.href} redirects to "${location}"`, location)
  }
  if (isOwn(url)) return { ...request, url }
  const headers = new Headers()
  for (const name of harmlessHeaders) {
    const value = request.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  return { ...request, url, headers }
}
