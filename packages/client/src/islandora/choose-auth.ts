import { anonymousAuth, type Auth } from '../auth/auth.ts'
import { basicAuth } from '../auth/basic-auth.ts'
import { checkCredentials } from '../auth/credentials.ts'
import { ClientError, LoginError } from '../errors.ts'
import type { Clock } from '../pipeline/clock.ts'
import { type CookieAuth, cookieAuth } from './cookie-auth.ts'
import type { IslandoraSessionOptions } from './islandora-session-options.ts'
import { type IslandoraSessionState, restoredCookie } from './session-state.ts'
import { userLogin } from './user-login.ts'

interface Account extends Pick<IslandoraSessionOptions, 'password' | 'token' | 'tokenHeader' | 'anonymous'> {
  readonly user: string | undefined
  readonly restored: IslandoraSessionState | undefined
}

type AuthDeps = Omit<Parameters<typeof userLogin>[0], 'credentials'> & { readonly clock: Clock }

/** How a session is known. */
export interface ChosenAuth {
  readonly auth: Auth
  /** The header that takes its value. */
  readonly header: string
  /** The same, where it is by cookie. */
  readonly cookie: CookieAuth | undefined
}

/**
 * By cookie, token or as a visitor, whichever is given.
 *
 * @throws {LoginError} `credentials_missing`
 * @throws {ClientError} `options_invalid`, `state_invalid`
 */
export function chooseAuth(account: Account, deps: AuthDeps): ChosenAuth {
  if (!isByCookie(account)) return { ...plainAuthOf(account), cookie: undefined }
  const cookie = cookieOf(account, deps)
  return { auth: cookie, header: 'Cookie', cookie }
}

/** @throws {ClientError} `options_invalid` for more than one way to be known */
function isByCookie({ password, token, anonymous = false, restored }: Account): boolean {
  const byCookie = password !== undefined || restored !== undefined
  if ([byCookie, token !== undefined, anonymous].filter(Boolean).length > 1) {
    throw new ClientError('options_invalid', 'A session has a password, a token, or is anonymous')
  }
  return token === undefined && !anonymous
}

function cookieOf({ user, password, restored }: Account, deps: AuthDeps): CookieAuth {
  const { endpoint, clock } = deps
  const goesOn = restored !== undefined && password === undefined
  const credentials = goesOn ? undefined : checkCredentials({ user, password })
  if (credentials === undefined && !goesOn) {
    throw new LoginError('credentials_missing', 'A session needs a password, a token, or to be anonymous')
  }
  return cookieAuth({
    site: `${endpoint.href}/`,
    logIn: credentials && (() => userLogin({ ...deps, credentials })),
    restored: restored && restoredCookie(restored),
    clock,
  })
}

function plainAuthOf({ user, token, tokenHeader = 'Authorization' }: Account) {
  if (token === undefined) return { auth: anonymousAuth, header: tokenHeader }
  checkCredentials({ user, password: token })
  const auth = tokenHeader === 'Authorization' ? basicAuth(user, token) : plainAuth(`${user}:${token}`)
  return { auth, header: tokenHeader }
}

/** The credentials as they are, which leaves them the characters of a header (RFC 9110 section 5.5). */
function plainAuth(credentials: string): Auth {
  if (!/^[\x20-\x7e]+$/.test(credentials)) {
    throw new ClientError('options_invalid', 'Name and token must be ASCII for X-Authorization-User')
  }
  return { authorization: () => Promise.resolve(credentials), refused: () => undefined }
}
