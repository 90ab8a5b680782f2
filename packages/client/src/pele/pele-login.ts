import { basicAuth } from '../auth/basic-auth.ts'
import type { Credentials } from '../auth/credentials.ts'
import { LoginError } from '../errors.ts'
import { discardBody } from '../pipeline/discard-body.ts'
import type { ClientRequest, Send } from '../pipeline/layer.ts'
import { readError } from '../pipeline/read-error.ts'
import type { Endpoint } from '../request/endpoint.ts'

/**
 * Exchanges name and password for a token (document 001, “login to get API token”).
 *
 * @throws {LoginError} `login_refused`, `login_failed`
 * @throws {HttpError} for 429 and failures of the server
 */
export async function peleLogin(deps: {
  readonly endpoint: Endpoint
  readonly credentials: Credentials
  readonly send: Send
  readonly signal: AbortSignal | undefined
  readonly timeoutMs: number
}): Promise<string> {
  const { endpoint, credentials, send, signal, timeoutMs } = deps
  const authorization = await basicAuth(credentials.user, credentials.password).authorization({
    certain: false,
    signal,
  })
  const request: ClientRequest = {
    method: 'POST',
    url: endpoint.resolve('/login'),
    headers: new Headers({ accept: 'application/json', ...(authorization && { authorization }) }),
    body: undefined,
    signal,
    timeoutMs,
    // A second token spoils nothing.
    retry: 'always',
    redirect: 'manual',
  }
  const response = await send(request)
  const { status, ok, headers } = response
  if (status === 429 || status >= 500) throw await readError(request, response)
  const token = ok ? await readToken(response) : await discardBody(response)
  if (token !== undefined) return token
  const challenge = headers.get('www-authenticate')
  const isRefused = status === 401 || status === 403
  throw new LoginError(
    isRefused ? 'login_refused' : 'login_failed',
    `The login at ${request.url.href} answered ${status}${ok ? ' without a token' : ''}`,
    { status, ...(challenge !== null && { challenge }) },
  )
}

async function readToken(response: Response): Promise<string | undefined> {
  const text = await response.text()
  try {
    const answer: unknown = JSON.parse(text)
    const token =
      typeof answer === 'object' && answer !== null && 'token' in answer ? answer.token : undefined
    return typeof token === 'string' && token.trim() !== '' ? token : undefined
  } catch {
    // What is no JSON has no token.
    return undefined
  }
}
