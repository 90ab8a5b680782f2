import { DomainError, isTokenText, type Actor, type Identity, type UseCases } from '@hexapla/repository'
import { HttpError, TokenError } from '@hexapla/rest'
import type { OpenIdSignIn } from '../openid/openid-sign-in.ts'

const RETRY_AFTER_S = 5

/** What finds out who presents a token that no dialect gave. */
export interface ProgramDeps {
  readonly authenticateToken: UseCases['access']['authenticateToken']
  readonly authenticateIdentity: UseCases['access']['authenticateIdentity']
  /** Undefined without an OpenID provider. */
  readonly openId: OpenIdSignIn | undefined
}

/** Who presents a token, and of which kind it is. */
export type Program =
  | { readonly method: 'token'; readonly actor: Actor }
  | { readonly method: 'oidc'; readonly actor: Actor; readonly identity: Identity }

/**
 * Who bears an API token, or a token of the OpenID provider; the same in every dialect. While the provider is away, its
 * tokens are good as long as its keys are known.
 *
 * @returns undefined when the token is of neither kind
 * @throws HttpError 401 `token-invalid`, `token-not-admitted` when its person has no account; 503 `provider-unavailable`
 */
export async function findProgram(deps: ProgramDeps, token: string): Promise<Program | undefined> {
  if (isTokenText(token)) {
    const actor = await deps.authenticateToken(token)
    if (actor === undefined) throw invalidToken('token-invalid', 'The token is unknown, revoked or expired')
    return { method: 'token', actor }
  }
  const { openId } = deps
  if (openId === undefined || !openId.isOurs(token)) return undefined
  try {
    const identity = await openId.identify(token)
    const actor = await deps.authenticateIdentity(identity, openId.rules)
    return { method: 'oidc', actor, identity }
  } catch (error) {
    throw toAnswer(error)
  }
}

function toAnswer(error: unknown): unknown {
  if (error instanceof DomainError && error.code === 'LOGIN_REFUSED') {
    return invalidToken('token-not-admitted', error.message, error)
  }
  if (!(error instanceof TokenError)) return error
  if (error.code !== 'provider-unavailable') {
    return invalidToken('token-invalid', `The token is not accepted: ${error.message}`, error)
  }
  return new HttpError(503, error.code, 'The OpenID provider cannot be asked at the moment', {
    headers: { 'retry-after': String(error.retryAfterSeconds ?? RETRY_AFTER_S) },
    cause: error,
  })
}

function invalidToken(code: string, message: string, cause?: unknown): HttpError {
  // RFC 6750 section 3.1
  const headers = { 'www-authenticate': 'Bearer error="invalid_token"' }
  return new HttpError(401, code, message, { headers, cause })
}
