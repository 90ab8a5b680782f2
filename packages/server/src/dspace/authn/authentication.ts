import { DomainError, type Actor, type Identity, type UseCases } from '@hexapla/repository'
import { HttpError, StateKey, type RestRequest } from '@hexapla/rest'
import { addressOf } from '../../address-of.ts'
import { findProgram, type ProgramDeps } from '../../authn/find-program.ts'
import { SESSION_COOKIE, takesSessionCookie } from './session-cookie.ts'
import type { Tokens, TokenSession, TokenUse } from './tokens.ts'

/** Where the hook leaves how the person of the request signed in; nothing for visitors. */
export const methodKey = new StateKey<string>('method')

/** Where the hook leaves the session that the request's token names. */
export const sessionKey = new StateKey<TokenSession>('session')

/** Where the hook leaves whom the request's token of the OpenID provider names. */
export const identityKey = new StateKey<Identity>('identity')

/** What finds out who asks. */
export interface AuthenticationDeps
  extends ProgramDeps, Pick<UseCases['access'], 'actOnBehalf' | 'anonymous' | 'authenticate'> {
  readonly tokens: Tokens
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
 * visitor. A session's token that is no good makes nobody: what needs a person then answers 401. An API token, or one of
 * the OpenID provider, that is no good is 401 wherever it is used: its program would read less than it thinks.
 *
 * @throws HttpError as `findProgram`
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
  const program = use === 'session' ? await findKnownProgram(deps, request, token) : undefined
  if (program !== undefined) {
    request.state.set(methodKey, program.method)
    if (program.method === 'oidc') request.state.set(identityKey, program.identity)
    return program.actor
  }
  const session = await deps.tokens.verify(token, use)
  const person = session === undefined ? undefined : await deps.authenticate(session)
  if (session === undefined || person === undefined) return undefined
  request.state.set(sessionKey, session)
  request.state.set(methodKey, session.method ?? 'password')
  return person
}

async function findKnownProgram(deps: AuthenticationDeps, request: RestRequest, token: string) {
  try {
    return await findProgram(deps, token)
  } catch (error) {
    if (error instanceof HttpError && error.status === 401 && FORGIVING.has(addressOf(request)))
      return undefined
    throw error
  }
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
  const address = addressOf(request)
  const kept = takesSessionCookie(address) ? request.cookies[SESSION_COOKIE] : undefined
  if (kept !== undefined) return { token: kept, use: 'cookie' }
  if (!request.url.includes('authentication-token=') || NO_DOWNLOAD_TOKEN.has(address)) return undefined
  const download = request.query.get('authentication-token')
  return download === null ? undefined : { token: download, use: 'download' }
}
