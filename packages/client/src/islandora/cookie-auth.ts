import type { CookieJar } from 'tough-cookie'
import type { Auth } from '../auth/auth.ts'
import { LoginError } from '../errors.ts'
import { abortable } from '../pipeline/abortable.ts'
import type { Clock } from '../pipeline/clock.ts'
import { singleFlight } from '../pipeline/single-flight.ts'

// How old a session may be to be trusted: nothing tells whether it lives, but a new login.
const certaintyMs = 5 * 60_000

/** Cookies of a session. */
export interface HeldCookie {
  readonly jar: CookieJar
  /** When they were given, in milliseconds since 1970. */
  readonly since: number
}

/** {@link Auth} by a session cookie, the value of `Cookie`. */
export interface CookieAuth extends Auth {
  /** The cookies as they are now, for storing. */
  readonly held: () => HeldCookie | undefined
  /** Forgets the cookies. */
  readonly forget: () => void
}

/**
 * Logs in when there is no cookie, when it has ended or the server refused it; however many requests wait, once. The abort
 * of a request that waits does not end the login.
 *
 * @param deps.site where the cookie is sent to
 * @param deps.logIn undefined where there is no password: then what is restored is all there is
 * @throws {LoginError} `login_required` without a cookie and without a password
 */
export function cookieAuth(deps: {
  readonly site: string
  readonly logIn: (() => Promise<CookieJar>) | undefined
  readonly restored: HeldCookie | undefined
  readonly clock: Clock
}): CookieAuth {
  const { site, clock } = deps
  let held = deps.restored

  const cookie = () => held?.jar.getCookieStringSync(site) ?? ''
  const isOld = () => held !== undefined && clock.now() - held.since > certaintyMs
  const canRenew = deps.logIn !== undefined
  const logIn = singleFlight(async () => {
    if (deps.logIn === undefined) {
      throw new LoginError(
        'login_required',
        'The session has ended and there is no password to begin another',
      )
    }
    held = { jar: await deps.logIn(), since: clock.now() }
    return cookie()
  })

  return {
    async authorization({ certain, signal }) {
      signal?.throwIfAborted()
      const current = certain && canRenew && isOld() ? '' : cookie()
      return current === '' ? abortable(logIn(), signal) : current
    },
    // Drupal's own way to refuse a visitor is 403: it may mean that an old session has ended.
    isRefusal: (status) => status === 401 || (status === 403 && canRenew && isOld()),
    refused(refused) {
      if (refused === cookie()) held = undefined
    },
    held: () => held,
    forget() {
      held = undefined
    },
  }
}
