import type { Actor, UseCases } from '@hexapla/repository'
import { HttpError, StateKey, type RestRequest } from '@hexapla/rest'
import { findProgram, type ProgramDeps } from '../../authn/find-program.ts'
import type { SessionTokens } from '../../authn/session-tokens.ts'

/** Where the hook leaves who asks. */
export const callerKey = new StateKey<Actor>('caller')

/** What finds out who asks. */
export interface CallerDeps extends ProgramDeps, Pick<UseCases['access'], 'anonymous' | 'authenticate'> {
  readonly tokens: SessionTokens
  /** Whether a call takes a token; else those without one are visitors. */
  readonly isClosed: boolean
}

/** Word for word as the original: clients compare. */
const INVALID = 'Invalid token. Registeration and/or authentication required'
const EXPIRED = 'Expired token. Reauthentication required.'

/**
 * Who makes a call: the bearer of the token in `X-API-KEY`, one of `/login` or any that every dialect takes. Credentials
 * in `Authorization` are not looked at: `requests` sends those of `.netrc` along with everything.
 *
 * @throws HttpError 401 `token-missing`, `token-invalid`, `token-not-admitted`, `token-expired`; 503 `provider-unavailable`
 */
export async function findCaller(deps: CallerDeps, request: RestRequest): Promise<Actor> {
  const token = request.header('x-api-key')?.trim()
  if (token === undefined || token === '') {
    if (deps.isClosed) throw new HttpError(401, 'token-missing', INVALID)
    return deps.anonymous()
  }
  return (await findByProgramToken(deps, token)) ?? findBySession(deps, token)
}

async function findByProgramToken(deps: CallerDeps, token: string): Promise<Actor | undefined> {
  try {
    return (await findProgram(deps, token))?.actor
  } catch (error) {
    if (!(error instanceof HttpError) || error.status !== 401) throw error
    throw new HttpError(401, error.code, INVALID, { headers: error.headers, cause: error })
  }
}

async function findBySession(deps: CallerDeps, token: string): Promise<Actor> {
  const session = await deps.tokens.verify(token)
  if (session === 'expired') throw new HttpError(401, 'token-expired', EXPIRED)
  const person = session === 'invalid' ? undefined : await deps.authenticate(session)
  if (person === undefined) throw new HttpError(401, 'token-invalid', INVALID)
  return person
}
