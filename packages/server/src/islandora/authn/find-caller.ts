import type { Actor, UseCases } from '@hexapla/repository'
import { HttpError, requireSameOrigin, StateKey, type RestRequest } from '@hexapla/rest'
import { findProgram, type ProgramDeps } from '../../authn/find-program.ts'
import type { SessionTokens } from '../../authn/session-tokens.ts'
import { isSafe } from '../http/is-safe.ts'
import { SESSION_COOKIE } from './session-cookie.ts'

/** Where the hook leaves who asks. */
export const callerKey = new StateKey<Actor>('caller')

/** What finds out who asks. */
export interface CallerDeps extends ProgramDeps, Pick<UseCases['access'], 'anonymous' | 'authenticate'> {
  readonly cookies: SessionTokens
  readonly readPerson: UseCases['people']['read']
  /** Origins whose pages may use the API with cookies. */
  readonly origins: () => ReadonlySet<string>
}

/**
 * Who makes a request: whoever presents a name with an API token, by Basic authentication or `X-Authorization-User`; the
 * bearer of a token; the person of a session cookie; or a visitor. A cookie that is no good makes a visitor, anything else
 * that is no good is 401.
 *
 * @throws HttpError 401 `credentials-invalid`, 403 `cross-site-request` where another site's page wants to change
 * something with what the browser keeps, and those of `findProgram`
 */
export async function findCaller(deps: CallerDeps, request: RestRequest): Promise<Actor> {
  const authorization = request.header('authorization')
  if (authorization !== undefined) return findAuthorized(deps, request, authorization)
  const named = request.header('x-authorization-user')
  if (named !== undefined) return findNamed(deps, named)
  return (await findByCookie(deps, request)) ?? deps.anonymous()
}

async function findAuthorized(deps: CallerDeps, request: RestRequest, authorization: string): Promise<Actor> {
  const [, scheme = '', value = ''] = /^(\S+) +(\S+)$/.exec(authorization.trim()) ?? []
  if (scheme.toLowerCase() === 'basic') {
    // Browsers keep these and send them along by themselves, as they do with cookies.
    requireOwnPage(deps, request)
    return findNamed(deps, Buffer.from(value, 'base64').toString('utf8'))
  }
  const program = scheme.toLowerCase() === 'bearer' ? await findProgram(deps, value) : undefined
  if (program === undefined) throw invalidCredentials()
  return program.actor
}

/** A netid or e-mail address, a colon, and a token of that person. */
async function findNamed(deps: CallerDeps, credentials: string): Promise<Actor> {
  const colon = credentials.indexOf(':')
  const name = credentials.slice(0, Math.max(colon, 0)).trim()
  const program = colon === -1 ? undefined : await findProgram(deps, credentials.slice(colon + 1).trim())
  if (program === undefined || program.actor.personId === null) throw invalidCredentials()
  const { netid, email } = await deps.readPerson(program.actor, program.actor.personId)
  if (name !== netid && name.toLowerCase() !== email.toLowerCase()) throw invalidCredentials()
  return program.actor
}

async function findByCookie(deps: CallerDeps, request: RestRequest): Promise<Actor | undefined> {
  const value = request.cookies[SESSION_COOKIE]
  if (value === undefined) return undefined
  const session = await deps.cookies.verify(value)
  const person = typeof session === 'string' ? undefined : await deps.authenticate(session)
  if (person !== undefined) requireOwnPage(deps, request)
  return person
}

function requireOwnPage(deps: Pick<CallerDeps, 'origins'>, request: RestRequest): void {
  if (!isSafe(request.method)) requireSameOrigin(request, deps.origins())
}

function invalidCredentials(): HttpError {
  return new HttpError(
    401,
    'credentials-invalid',
    'The user is unknown, or the token is not one of this user',
  )
}
