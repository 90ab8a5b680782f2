import { createHash, randomBytes } from 'node:crypto'
import { HttpError } from '../http-error.ts'
import { seal, unseal } from '../sessions/seal.ts'
import type { SecretKeys } from './secret-keys.ts'
import { clearLoginCookie, loginCookieNames, readLoginCookie, setLoginCookie } from './login-cookie.ts'
import type { LoginExchange } from './login-storage.ts'

/** A login between its two requests to us, kept in the browser alone. */
export interface LoginAttempt {
  /** What the provider must give back (RFC 6749 section 10.12). */
  readonly state: string
  /** What the ID token must hold (OpenID Connect Core section 3.1.2.1). */
  readonly nonce: string
  /** RFC 7636 section 4.1. */
  readonly codeVerifier: string
  /** Where the browser is led at last. */
  readonly returnTo: string
  /** Milliseconds since 1970. */
  readonly endsAt: number
}

interface AttemptDeps {
  readonly keys: SecretKeys
  readonly now: () => number
}

const LIFETIME_SECONDS = 600
/** More tabs than anybody signs in with at once; fewer cookies than make a request too large. */
const MAX_ATTEMPTS = 5
const COOKIE = 'login-attempt-'

/** Begins an attempt and gives the browser the cookie that binds it. */
export async function beginAttempt(
  exchange: LoginExchange,
  returnTo: string,
  deps: AttemptDeps,
): Promise<LoginAttempt> {
  const attempt: LoginAttempt = {
    state: random(),
    nonce: random(),
    codeVerifier: random(),
    returnTo,
    endsAt: deps.now() + LIFETIME_SECONDS * 1000,
  }
  const others = loginCookieNames(exchange, COOKIE)
  if (others.length >= MAX_ATTEMPTS) for (const name of others) clearLoginCookie(exchange, name)
  setLoginCookie(exchange, cookieName(attempt.state), await seal(deps.keys[0], attempt), LIFETIME_SECONDS)
  return attempt
}

/**
 * The attempt of this browser that the provider's answer belongs to.
 *
 * @throws HttpError 400 `login-state-missing`; 403 `login-state-unknown` when this browser has not begun it, has ended
 * it already, or took longer than ten minutes
 */
export async function findAttempt(exchange: LoginExchange, deps: AttemptDeps): Promise<LoginAttempt> {
  const state = exchange.request.query.get('state')
  if (state === null)
    throw new HttpError(400, 'login-state-missing', 'the answer of the provider has no state')
  const text = readLoginCookie(exchange, cookieName(state)) ?? ''
  // Only `beginAttempt` seals with these keys.
  const attempt = (await unseal(deps.keys, text)) as LoginAttempt | undefined
  if (attempt?.state === state && attempt.endsAt > deps.now()) return attempt
  const message = 'this browser is not waiting for this answer of the provider: sign in once more'
  throw new HttpError(403, 'login-state-unknown', message)
}

/** The answer was used: it is not accepted again. */
export function endAttempt(exchange: LoginExchange, { state }: LoginAttempt): void {
  clearLoginCookie(exchange, cookieName(state))
}

function random(): string {
  return randomBytes(32).toString('base64url')
}

/** One cookie an attempt, so that several tabs can sign in at once. */
function cookieName(state: string): string {
  return `${COOKIE}${createHash('sha256').update(state).digest('hex').slice(0, 16)}`
}
