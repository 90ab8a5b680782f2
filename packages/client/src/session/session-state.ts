import { ClientError } from '../errors.ts'
import type { HeldToken } from '../auth/token-lifetime.ts'
import type { CsrfState } from './dspace-csrf.ts'

/** A session as it can be stored and taken up later, also by another process. Holds secrets, but no password. */
export interface SessionState {
  readonly version: 1
  readonly endpoint: string
  readonly user?: string
  readonly auth?: HeldToken
  readonly csrf: CsrfState
}

/**
 * Checks a stored state, of which nothing is known, against the session that would go on with it.
 *
 * @throws {ClientError} `state_invalid` when it is none, or belongs to another endpoint or user.
 */
export function checkState(
  state: unknown,
  session: { readonly endpoint: string; readonly user: string | undefined },
): SessionState {
  if (!isState(state)) throw new ClientError('state_invalid', 'This is no stored session')
  if (state.endpoint !== session.endpoint) {
    throw new ClientError('state_invalid', `The stored session belongs to ${state.endpoint}`)
  }
  if (session.user !== undefined && state.user !== undefined && session.user !== state.user) {
    throw new ClientError('state_invalid', `The stored session belongs to ${state.user}`)
  }
  return state
}

function isState(state: unknown): state is SessionState {
  if (!isObject(state) || state['version'] !== 1 || typeof state['endpoint'] !== 'string') return false
  const { user, auth, csrf } = state
  return (
    (user === undefined || typeof user === 'string') &&
    (auth === undefined ||
      (isObject(auth) && typeof auth['token'] === 'string' && typeof auth['renewAt'] === 'number')) &&
    isObject(csrf) &&
    (csrf['token'] === undefined || typeof csrf['token'] === 'string') &&
    isObject(csrf['cookies'])
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
