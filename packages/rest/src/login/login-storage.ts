import type { RestRequest } from '../request.ts'
import type { RestResponse } from '../response.ts'
import type { LoginSession } from './login-session.ts'

/** What the provider has given for a person who signed in. Times are milliseconds since 1970. */
export interface Login {
  readonly accessToken: string
  /** When the access token ends. */
  readonly expiresAt: number
  /** From when on it is renewed, if there is a refresh token. */
  readonly renewAt: number
  readonly refreshToken?: string
  readonly idToken: string
  /** What the userinfo endpoint says, when it is asked. */
  readonly userInfo?: Readonly<Record<string, unknown>>
}

/** One request of a browser, and its answer. */
export interface LoginExchange {
  readonly request: RestRequest
  readonly response: RestResponse
  /** The service is reached by https: cookies are sent no other way. */
  readonly secure: boolean
}

/** A login that a browser has. */
export interface KeptLogin {
  readonly login: Login
  /** Further values of the session, where the storage can keep some. */
  readonly session?: LoginSession
  /**
   * Puts what `ask` yields in place of the login, or ends it when that is `undefined`. `ask` runs once, however many
   * requests want to renew the same login.
   */
  renew(ask: (login: Login) => Promise<Login | undefined>): Promise<Login | undefined>
}

/** Where logins are kept: {@link sessionLogins}, {@link cookieLogins}, or your own. */
export interface LoginStorage {
  /** The cookie that the browser shows, for documents about it; `__Host-` stands before it under https. */
  readonly cookieName?: string
  /** Gives the browser a login, under a new id; one that it had before ends. */
  begin(exchange: LoginExchange, login: Login): Promise<void>
  find(exchange: LoginExchange): Promise<KeptLogin | undefined>
  /** Ends the login of the browser, and tells what it was. */
  end(exchange: LoginExchange): Promise<Login | undefined>
}
