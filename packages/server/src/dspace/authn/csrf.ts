import { randomUUID, timingSafeEqual } from 'node:crypto'
import { HttpError, type RestRequest, type RestResponse } from '@hexapla/rest'

const COOKIE = 'DSPACE-XSRF-COOKIE'
/** Names the current token to the client, in answers. */
export const CSRF_TOKEN_HEADER = 'DSPACE-XSRF-TOKEN'
const REQUEST_HEADER = 'x-xsrf-token'
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

/** Protection against forged requests (RestContract csrf-tokens.md): a plain double submit, with no state here. */
export interface Csrf {
  /**
   * Refuses a modifying request whose header does not repeat its cookie, and gives a token to a client without one.
   *
   * @throws HttpError 403 `csrf-token-invalid`; the answer carries a new token
   */
  check(request: RestRequest, response: RestResponse): void
  /** Gives the client a new token. */
  renew(response: RestResponse): void
}

/**
 * @param secure whether the server is reached over https: browsers then take the cookie from other sites too
 * (csrf-tokens.md, "How does CSRF protection work in DSpace REST API?")
 */
export function createCsrf({ secure }: { secure: () => boolean }): Csrf {
  const renew = (response: RestResponse): void => {
    const token = randomUUID()
    const https = secure()
    response.header(CSRF_TOKEN_HEADER, token)
    response.cookie(COOKIE, token, {
      path: '/server',
      httpOnly: true,
      secure: https,
      sameSite: https ? 'none' : 'lax',
    })
  }
  return {
    renew,
    check(request, response) {
      const cookie = request.cookies[COOKIE]
      if (SAFE_METHODS.has(request.method)) {
        // As DSpace 7 does: clients written for it know no other way to their first token.
        if (cookie === undefined) renew(response)
        return
      }
      if (cookie !== undefined && equal(cookie, request.header(REQUEST_HEADER) ?? '')) return
      // A browser never adds this header to another site's request by itself, so nothing can be forged without cookies.
      if (request.header('cookie') === undefined && request.header('authorization') !== undefined) return
      renew(response)
      throw new HttpError(403, 'csrf-token-invalid', 'The CSRF token of the request is missing or wrong')
    },
  }
}

function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
