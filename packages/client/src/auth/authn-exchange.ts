import { requestBody } from '../body/request-body.ts'
import { EndpointError, LoginError } from '../errors.ts'
import { anySignal } from '../pipeline/any-signal.ts'
import { discardBody } from '../pipeline/discard-body.ts'
import type { ClientRequest, Send } from '../pipeline/layer.ts'
import { readError } from '../pipeline/read-error.ts'
import type { Credentials } from './credentials.ts'

/** The answer to a login or renewal. */
type AuthnAnswer = { readonly token: string } | { readonly refusal: LoginError }

/** The calls of RestContract authentication.md. Each rejects when there was no proper answer. */
export interface AuthnExchange {
  readonly login: (credentials: Credentials) => Promise<AuthnAnswer>
  readonly renew: (token: string) => Promise<AuthnAnswer>
  /** Whether the server knows the token's owner; a server without a status resource counts as yes. */
  readonly isAccepted: (token: string) => Promise<boolean>
  readonly logout: (token: string, signal: AbortSignal | undefined) => Promise<void>
}

/** Speaks to `/api/authn/*` below an endpoint. */
export function createAuthnExchange(deps: {
  readonly endpoint: string
  readonly send: Send
  readonly signal: AbortSignal | undefined
  readonly timeoutMs: number
}): AuthnExchange {
  const { send } = deps
  const request = (method: string, path: string, extra: Partial<ClientRequest>): ClientRequest => ({
    method,
    url: new URL(`${deps.endpoint}${path}`),
    headers: new Headers(),
    body: undefined,
    signal: deps.signal,
    timeoutMs: deps.timeoutMs,
    // None of these calls changes anything that a second one would spoil.
    retry: 'always',
    redirect: 'follow',
    ...extra,
  })

  return {
    async login({ user, password }) {
      const form = new URLSearchParams({ user, password })
      return readAnswer(await send(request('POST', '/api/authn/login', { body: requestBody(form) })))
    },
    async renew(token) {
      return readAnswer(await send(request('POST', '/api/authn/login', { headers: bearer(token) })))
    },
    async isAccepted(token) {
      const response = await send(request('GET', '/api/authn/status', { headers: bearer(token) }))
      if (response.status === 401) {
        await discardBody(response)
        return false
      }
      if (!response.ok) {
        await discardBody(response)
        return true
      }
      const status: unknown = await response.json()
      return !(
        typeof status === 'object' &&
        status !== null &&
        'authenticated' in status &&
        status.authenticated === false
      )
    },
    async logout(token, signal) {
      const call = request('POST', '/api/authn/logout', {
        headers: bearer(token),
        signal: anySignal(deps.signal, signal),
      })
      const response = await send(call)
      // 302 leads to the logout page of a single sign-on (authentication.md, "Logout"); 401 means already logged out.
      const ended = response.ok || response.status === 302 || response.status === 401
      if (!ended) throw await readError(call, response)
      await discardBody(response)
    },
  }
}

function bearer(token: string): Headers {
  return new Headers({ authorization: `Bearer ${token}` })
}

async function readAnswer(response: Response): Promise<AuthnAnswer> {
  await discardBody(response)
  const { status, headers } = response
  const location = headers.get('location')
  if (status >= 300 && status < 400 && location !== null) {
    const text = `The login at ${response.url} has moved to ${location}: use that server as endpoint`
    throw new EndpointError('endpoint_moved', text, location)
  }
  const token = headers
    .get('authorization')
    ?.replace(/^Bearer\s+/i, '')
    .trim()
  if (response.ok && token !== undefined && token !== '') return { token }

  const challenge = headers.get('www-authenticate')
  const answer = { status, ...(challenge === null ? {} : { challenge }) }
  if (response.ok) {
    return {
      refusal: new LoginError('login_failed', 'The login answered without an Authorization header', answer),
    }
  }
  const refused = status === 401 || status === 403
  const error = new LoginError(
    refused ? 'login_refused' : 'login_failed',
    `The login at ${response.url} answered ${status}`,
    answer,
  )
  if (status >= 500 || status === 429) throw error
  return { refusal: error }
}
