import type { CookieJar } from 'tough-cookie'
import type { Auth } from '../auth/auth.ts'
import { abortable } from '../pipeline/abortable.ts'
import type { Clock } from '../pipeline/clock.ts'
import { singleFlight } from '../pipeline/single-flight.ts'

// How old a session may be for a request that cannot be repeated: nothing tells whether it lives, but a new login.
const certaintyMs = 5 * 60_000

/**
 * {@link Auth} by a session cookie, the value of `Cookie`. Logs in when there is none, when the cookie has ended or the
 * server refused it; however many requests wait, once. The abort of a request that waits does not end the login.
 *
 * @param deps.site where the cookie is sent to
 */
export function cookieAuth(deps: {
  readonly site: string
  readonly logIn: () => Promise<CookieJar>
  readonly clock: Clock
}): Auth {
  const { site, clock } = deps
  let held: { readonly jar: CookieJar; readonly since: number } | undefined

  const cookie = () => held?.jar.getCookieStringSync(site) ?? ''
  const logIn = singleFlight(async () => {
    held = { jar: await deps.logIn(), since: clock.now() }
    return cookie()
  })

  return {
    async authorization({ certain, signal }) {
      signal?.throwIfAborted()
      const isOld = certain && held !== undefined && clock.now() - held.since > certaintyMs
      const current = isOld ? '' : cookie()
      return current === '' ? abortable(logIn(), signal) : current
    },
    refused(refused) {
      if (refused === cookie()) held = undefined
    },
  }
}
