import { CookieJar } from 'tough-cookie'
import { ClientError } from '../errors.ts'
import type { HeldCookie } from './cookie-auth.ts'

/** A session with a site as it can be stored and taken up later, also by another process. A secret, but no password. */
export interface IslandoraSessionState {
  readonly version: 1
  readonly site: string
  readonly user?: string
  /** Absent where no cookie is held. */
  readonly cookies?: {
    /** As `CookieJar.toJSON` of tough-cookie gives them. */
    readonly jar: unknown
    /** When they were given, in milliseconds since 1970. */
    readonly since: number
  }
}

/** What is stored of a session. */
export function storedState(site: string, user: string | undefined, held: HeldCookie | undefined) {
  return {
    version: 1,
    site,
    ...(user !== undefined && { user }),
    ...(held && { cookies: { jar: held.jar.toJSON(), since: held.since } }),
  } as const satisfies IslandoraSessionState
}

/**
 * Checks a stored state, of which nothing is known, against the session that would go on with it.
 *
 * @throws {ClientError} `state_invalid` when it is none, or belongs to another site or user
 */
export function checkIslandoraState(
  state: unknown,
  session: { readonly site: string; readonly user: string | undefined },
): IslandoraSessionState {
  if (!isState(state)) throw invalid('This is no stored session with Islandora')
  const { site, user } = state
  if (site !== session.site) throw invalid(`The stored session belongs to ${site}`)
  if (session.user !== undefined && user !== undefined && session.user !== user) {
    throw invalid(`The stored session belongs to ${user}`)
  }
  return state
}

/** The cookies of a checked state. @throws {ClientError} `state_invalid` */
export function restoredCookie({ cookies }: IslandoraSessionState): HeldCookie | undefined {
  if (cookies === undefined) return undefined
  try {
    return { jar: CookieJar.fromJSON(JSON.stringify(cookies.jar)), since: cookies.since }
  } catch (cause) {
    throw new ClientError('state_invalid', 'The stored session has no cookies', { cause })
  }
}

function isState(state: unknown): state is IslandoraSessionState {
  if (!isObject(state) || state['version'] !== 1 || typeof state['site'] !== 'string') return false
  const { user, cookies } = state
  return (
    (user === undefined || typeof user === 'string') &&
    (cookies === undefined ||
      (isObject(cookies) && isObject(cookies['jar']) && typeof cookies['since'] === 'number'))
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function invalid(message: string): ClientError {
  return new ClientError('state_invalid', message)
}
