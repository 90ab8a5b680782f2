import { isDeepStrictEqual } from 'node:util'
import { DSpaceSession, type DSpaceSessionOptions, type SessionState } from '@hexapla/client'
import type { SessionFile } from '@hexapla/client/node'
import { readEnvironment, type Environment } from '@hexapla/server/environment'
import { CommandError } from '../command-error.ts'
import { EXIT } from '../exit-code.ts'
import { interruptible } from '../interruption.ts'
import { sessionPlace } from './session-place.ts'

/**
 * Works in the session that `hexapla login` began, and keeps what it became: tokens are renewed on the way. Where the
 * environment names a server (`HEXAPLA_ENDPOINT`), with a token (`HEXAPLA_TOKEN`), an account (`HEXAPLA_USER`,
 * `HEXAPLA_PASSWORD`) or neither, it is that one, and nothing is kept.
 *
 * @throws CommandError `NOT_LOGGED_IN`, and what `work` throws
 */
export function withSession<T>(
  work: (session: DSpaceSession, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return interruptible(async (signal) => {
    const environment = readEnvironment()
    const named = sessionOfEnvironment(environment, signal)
    if (named !== undefined) return work(named, signal)
    const place = sessionPlace(environment)
    const state = await place.load()
    const endpoint: unknown =
      typeof state === 'object' && state !== null ? Reflect.get(state, 'endpoint') : undefined
    if (typeof endpoint !== 'string') throw notLoggedIn()
    const session = new DSpaceSession(endpoint, { state, signal })
    try {
      return await work(session, signal)
    } finally {
      await keep(place, session, state)
    }
  })
}

function sessionOfEnvironment(environment: Environment, signal: AbortSignal): DSpaceSession | undefined {
  const endpoint = environment['HEXAPLA_ENDPOINT']
  if (endpoint === undefined || endpoint === '') return undefined
  return new DSpaceSession(endpoint, { ...accountOf(environment), signal })
}

function accountOf(
  environment: Environment,
): Pick<DSpaceSessionOptions, 'anonymous' | 'user' | 'password' | 'token'> {
  const { HEXAPLA_TOKEN: token, HEXAPLA_USER: user, HEXAPLA_PASSWORD: password } = environment
  if (token !== undefined && token !== '') return { token }
  return user === undefined ? { anonymous: true } : { user, ...(password !== undefined && { password }) }
}

/** A session that has ended has no token any more: what is kept then would only be in the way. */
async function keep(place: SessionFile, session: DSpaceSession, before: unknown): Promise<void> {
  const after: SessionState = session.state()
  if (after.auth === undefined) await place.remove()
  else if (!isDeepStrictEqual(after, before)) await place.save(after)
}

/** Nobody is logged in. */
export function notLoggedIn(): CommandError {
  return new CommandError('NOT_LOGGED_IN', 'not logged in: hexapla login URL', EXIT.REFUSED)
}
