import type { Clock } from '../pipeline/clock.ts'
import type { RetryLimits } from '../pipeline/retry-delay.ts'

/** Who the session is, and how it behaves. One of `password`, `token`, `anonymous` and `state` is needed. */
export interface IslandoraSessionOptions {
  /** Name of the account. */
  readonly user?: string
  /** Signs in by the form of the site, which sets a cookie (document 004, “Authorization”). */
  readonly password?: string
  /** A token of the account, sent with every request. */
  readonly token?: string
  /** How the token is sent: as Basic authentication without it, or as `X-Authorization-User: user:token`. */
  readonly tokenHeader?: 'Authorization' | 'X-Authorization-User'
  /** Goes without an account; in a browser, with the cookies that it has for the site. */
  readonly anonymous?: boolean
  /** What `state()` of an earlier session gave; with a password it is renewed when it has ended. */
  readonly state?: unknown
  /** Sends PUT and DELETE as POST with a form field `method`, for servers on which nothing else comes through. */
  readonly tunnel?: boolean
  /** Another `fetch`, such as one with a proxy. */
  readonly fetch?: typeof globalThis.fetch
  readonly clock?: Clock
  /** Longest silence of a connection in milliseconds, 60,000 without it; 0 for none. */
  readonly timeoutMs?: number
  readonly retry?: Partial<RetryLimits>
  /** Aborts everything that the session does. */
  readonly signal?: AbortSignal
}
