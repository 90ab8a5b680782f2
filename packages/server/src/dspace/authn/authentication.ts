import { DomainError, isTokenText, type Actor, type SessionClaim } from '@hexapla/repository'
import { HttpError, StateKey, type RestRequest } from '@hexapla/rest'
import type { Tokens, TokenUse } from './tokens.ts'

/** Where the hook leaves how the person of the request signed in; nothing for visitors. */
export const methodKey = new StateKey<string>('method')

/** Where the hook leaves the session that the request's token names. */
export const sessionKey = new StateKey<SessionClaim>('session')

/** What finds out who asks. */
export interface AuthenticationDeps {
  readonly tokens: Tokens
  readonly anonymous: () => Promise<Actor>
  readonly authenticate: (claim: SessionClaim) => Promise<Actor | undefined>
  readonly authenticateToken: (text: string) => Promise<Actor | undefined>
  readonly actOnBehalf: (actor: Actor, personId: string) => Promise<Actor>
}

/** Paths where a short-lived token must not be used (RestContract authentication.md, "Using short lived token"). */
const NO_DOWNLOAD_TOKEN: ReadonlySet<string> = new Set([
  '/server/api/authn/login',
  '/server/api/authn/shortlivedtokens',
])
/** Paths that answer to a bad token as to none (RestContract authentication.md, "Logout", "Status"). */
const FORGIVING: ReadonlySet<string> = new Set(['/server/api/authn/logout', '/server/api/authn/status'])
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * Who makes a request: the bearer of its token, whoever an administrator acts for (`X-On-Behalf-Of`), or an anonymous
 * visitor. A session's token that is no good makes nobody: what needs a person then answers 401. An API token that is no
 * good is 401 wherever it is used: its program would read less than it thinks.
 *
 * @throws HttpError 401 `token-invalid` for an API token that is unknown, revoked or expired
 * @throws HttpError 400 `on-behalf-invalid` when the header holds no uuid of a person
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED` when the header may not be used
 */
export async function findActor(deps: AuthenticationDeps, request: RestRequest): Promise<Actor> {
  const actor = (await findBearer(deps, request)) ?? (await deps.anonymous())
  const other = request.header('x-on-behalf-of')
  return other === undefined ? actor : actAs(deps, actor, other.trim())
}

async function findBearer(deps: AuthenticationDeps, request: RestRequest): Promise<Actor | undefined> {
  const presented = presentedToken(request)
  if (presented === undefined) return undefined
  const { token, use } = presented
  if (use === 'session' && isTokenText(token)) return findTokenBearer(deps, request, token)
  const claim = await deps.tokens.verify(token, use)
  const person = claim === undefined ? undefined : await deps.authenticate(claim)
  if (claim === undefined || person === undefined) return undefined
  request.state.set(sessionKey, claim)
  request.state.set(methodKey, 'password')
  return person
}

async function findTokenBearer(
  deps: AuthenticationDeps,
  request: RestRequest,
  token: string,
): Promise<Actor | undefined> {
  const bearer = await deps.authenticateToken(token)
  if (bearer !== undefined) request.state.set(methodKey, 'token')
  if (bearer !== undefined || FORGIVING.has(request.path)) return bearer
  throw new HttpError(401, 'token-invalid', 'The token is unknown, revoked or expired', {
    // RFC 6750 section 3.1
    headers: { 'www-authenticate': 'Bearer realm="DSpace REST API", error="invalid_token"' },
  })
}

async function actAs(deps: AuthenticationDeps, actor: Actor, personId: string): Promise<Actor> {
  const invalid = (cause?: unknown) =>
    new HttpError(400, 'on-behalf-invalid', `X-On-Behalf-Of names no person: ${personId}`, { cause })
  if (!UUID.test(personId)) throw invalid()
  try {
    return await deps.actOnBehalf(actor, personId)
  } catch (error) {
    throw error instanceof DomainError && error.code === 'REFERENCE_INVALID' ? invalid(error) : error
  }
}

function presentedToken(request: RestRequest): { token: string; use: TokenUse } | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(request.header('authorization') ?? '')?.[1]
  if (bearer !== undefined) return { token: bearer, use: 'session' }
  if (!request.url.includes('authentication-token=') || NO_DOWNLOAD_TOKEN.has(request.path)) return undefined
  const download = request.query.get('authentication-token')
  return download === null ? undefined : { token: download, use: 'download' }
}
