import { HttpError } from '../http-error.ts'
import { seal, unseal } from '../sessions/seal.ts'
import type { Login, LoginExchange, LoginStorage } from './login-storage.ts'
import { secretKeys } from './secret-keys.ts'
import { SharedRenewals } from './shared-renewals.ts'
import { clearSplitCookie, readSplitCookie, setSplitCookie } from './split-cookie.ts'

/** Options of {@link cookieLogins}. */
export interface CookieLoginsOptions {
  /**
   * At least 32 characters each, of a random source. The first one seals, all of them open: put a new one in front, and
   * take the old one away when the longest login has ended.
   */
  readonly secrets: readonly string[]
  /** A login ends so long after its beginning. Default 43,200: half a day. */
  readonly absoluteSeconds?: number
  /** Largest size of all cookies together; default 7168, since common proxies take no line of more than 8 KiB. */
  readonly maxBytes?: number
  /** Default `login`; `__Host-` stands before it where the service is reached by https. */
  readonly cookieName?: string
  /** Milliseconds since 1970; another clock makes expiry testable. */
  readonly now?: () => number
}

interface SealedLogin {
  readonly beganAt: number
  readonly login: Login
}

/**
 * Keeps logins in encrypted and authenticated cookies: no store, and several processes need but the same secrets.
 *
 * The price: every request carries all tokens; a stolen cookie is good until its tokens end, logout or not; and two
 * processes that renew the same login at the same moment do so twice, which providers with rotating refresh tokens take
 * for theft. {@link sessionLogins} has none of these.
 *
 * @throws TypeError for secrets that are too short.
 */
export function cookieLogins(options: CookieLoginsOptions): LoginStorage {
  const { absoluteSeconds = 43_200, maxBytes = 7168, cookieName = 'login', now = Date.now } = options
  const keys = secretKeys(options.secrets, 'login cookie')
  const renewals = new SharedRenewals(now)

  const write = async (exchange: LoginExchange, content: SealedLogin): Promise<void> => {
    const text = await seal(keys[0], content)
    if (text.length > maxBytes) throw tooLarge(text.length, maxBytes)
    const remaining = absoluteSeconds - (now() - content.beganAt) / 1000
    setSplitCookie(exchange, cookieName, text, remaining)
  }
  const read = async (exchange: LoginExchange): Promise<SealedLogin | undefined> => {
    const text = readSplitCookie(exchange, cookieName)
    if (text === undefined) return undefined
    // Only `write` seals with these keys.
    const content = (await unseal(keys, text)) as SealedLogin | undefined
    return content !== undefined && content.beganAt + absoluteSeconds * 1000 > now() ? content : undefined
  }

  return {
    cookieName: `${cookieName}.0`,
    begin: (exchange, login) => write(exchange, { beganAt: now(), login }),
    async find(exchange) {
      const content = await read(exchange)
      if (content === undefined) return undefined
      const { login, beganAt } = content
      return {
        login,
        async renew(ask) {
          const renewed = await renewals.run(login, () => ask(login))
          if (renewed === undefined) clearSplitCookie(exchange, cookieName)
          else await write(exchange, { beganAt, login: renewed })
          return renewed
        },
      }
    },
    async end(exchange) {
      const content = await read(exchange)
      clearSplitCookie(exchange, cookieName)
      return content?.login
    },
  }
}

function tooLarge(length: number, maxBytes: number): HttpError {
  const message = `the tokens of this login take ${length} bytes, cookies may take ${maxBytes}`
  return new HttpError(500, 'login-too-large', `${message}; keep logins in sessions`)
}
