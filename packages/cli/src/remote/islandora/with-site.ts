import { isDeepStrictEqual } from 'node:util'
import { IslandoraSession, type IslandoraSessionOptions } from '@hexapla/client'
import type { SessionFile } from '@hexapla/client/node'
import { readEnvironment, type Environment } from '@hexapla/server/environment'
import { CommandError } from '../../command-error.ts'
import { EXIT } from '../../exit-code.ts'
import { interruptible } from '../../interruption.ts'
import { sessionPlace } from '../session-place.ts'

/** Where the session of `hexapla islandora login` is kept. */
export function sitePlace(environment: Environment): SessionFile {
  return sessionPlace(environment, 'islandora.json')
}

/**
 * Works in the session that `hexapla islandora login` began, until its cookie ends. Where the environment names a site
 * (`HEXAPLA_ISLANDORA`), with `HEXAPLA_USER` and a token (`HEXAPLA_TOKEN`) or password (`HEXAPLA_PASSWORD`) or without
 * anybody, it is that one, and nothing is kept.
 *
 * @throws CommandError `NOT_LOGGED_IN`, and what `work` throws
 */
export function withSite<T>(
  work: (session: IslandoraSession, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return interruptible(async (signal) => {
    const environment = readEnvironment()
    const named = siteOfEnvironment(environment, signal)
    if (named !== undefined) return work(named, signal)
    const place = sitePlace(environment)
    const state = await place.load()
    const site: unknown = typeof state === 'object' && state !== null ? Reflect.get(state, 'site') : undefined
    if (typeof site !== 'string') throw notLoggedIn()
    const session = new IslandoraSession(site, { state, signal })
    try {
      return await work(session, signal)
    } finally {
      await keep(place, session, state)
    }
  })
}

function siteOfEnvironment(environment: Environment, signal: AbortSignal): IslandoraSession | undefined {
  const site = environment['HEXAPLA_ISLANDORA']
  if (site === undefined || site === '') return undefined
  return new IslandoraSession(site, { ...accountOf(environment), signal })
}

function accountOf(environment: Environment): IslandoraSessionOptions {
  const { HEXAPLA_TOKEN: token, HEXAPLA_USER: user, HEXAPLA_PASSWORD: password } = environment
  const named = user === undefined ? {} : { user }
  if (token !== undefined && token !== '') return { ...named, token }
  return user === undefined ? { anonymous: true } : { user, ...(password !== undefined && { password }) }
}

/** A session that has ended has no cookie any more: what is kept then would only be in the way. */
async function keep(place: SessionFile, session: IslandoraSession, before: unknown): Promise<void> {
  const after = session.state()
  if (after.cookies === undefined) await place.remove()
  else if (!isDeepStrictEqual(after, before)) await place.save(after)
}

function notLoggedIn(): CommandError {
  return new CommandError('NOT_LOGGED_IN', 'not logged in: hexapla islandora login SITE', EXIT.REFUSED)
}
