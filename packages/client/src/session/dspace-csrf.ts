import { CookieJar } from 'tough-cookie'
import { discardBody } from '../pipeline/discard-body.ts'
import type { Send } from '../pipeline/layer.ts'
import type { CsrfScheme } from '../pipeline/with-csrf.ts'

// DSpace 8 and later answer at the first; DSpace 7 has no such resource and gives a token on any answer to a client
// without one (RestContract csrf-tokens.md, "How to obtain/reset a CSRF token?").
const tokenPaths = ['/api/security/csrf', '/api/authn/status', '/api']

/** CSRF token and cookies as they can be stored. */
export interface CsrfState {
  readonly token?: string
  /** As {@link CookieJar.toJSON} gives them. */
  readonly cookies: unknown
}

/** {@link CsrfScheme} of DSpace, with the cookie jar that `fetch` lacks outside of browsers. */
export interface DSpaceCsrf extends CsrfScheme {
  readonly state: () => CsrfState
}

/** Makes the scheme for the server at `endpoint`, going on from `restored`. */
export function dspaceCsrf(deps: {
  readonly endpoint: string
  readonly restored: CsrfState | undefined
  readonly timeoutMs: number
}): DSpaceCsrf {
  const { endpoint, restored, timeoutMs } = deps
  const jar = restored === undefined ? new CookieJar() : CookieJar.fromJSON(JSON.stringify(restored.cookies))
  let token = restored?.token

  const told = (response: Response) => response.headers.get('dspace-xsrf-token') ?? undefined

  return {
    token: () => token,
    apply(url, headers, modifying) {
      const cookies = jar.getCookieStringSync(url.href)
      if (cookies !== '') headers.set('cookie', cookies)
      if (modifying && token !== undefined) headers.set('x-xsrf-token', token)
    },
    observe(url, response) {
      for (const cookie of response.headers.getSetCookie()) {
        jar.setCookieSync(cookie, url.href, { ignoreError: true })
      }
      token = told(response) ?? token
      return told(response)
    },
    async obtain(send: Send) {
      for (const path of tokenPaths) {
        const response = await send({
          method: 'GET',
          url: new URL(`${endpoint}${path}`),
          headers: new Headers(),
          body: undefined,
          signal: undefined,
          timeoutMs,
          retry: 'never',
          redirect: 'manual',
        })
        await discardBody(response)
        if (told(response) !== undefined) return
      }
    },
    state: () => ({ ...(token === undefined ? {} : { token }), cookies: jar.toJSON() }),
  }
}
