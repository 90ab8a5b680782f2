import type { TokenFunction } from '../auth/token-auth.ts'
import type { Clock } from '../pipeline/clock.ts'
import type { RetryLimits } from '../pipeline/retry-delay.ts'

/** Who the session is, and how it behaves. */
export interface DSpaceSessionOptions {
  /** E-mail address or net id of the account; with `password`, or not at all. */
  readonly user?: string
  /** The same as `user`. */
  readonly email?: string
  readonly password?: string
  /** A bearer token that the server takes instead, or what gives one: an API token of Hexapla, or an OpenID provider's. */
  readonly token?: string | TokenFunction
  /** Goes without an account. */
  readonly anonymous?: boolean
  /** A state of an earlier session to go on from; checked, since it may come from a file. */
  readonly state?: unknown
  /** Other addresses of the same server, found in its links, such as its public one when asked by an inner one. */
  readonly aliases?: readonly string[]
  /** Another `fetch`, such as one with a proxy. */
  readonly fetch?: typeof globalThis.fetch
  readonly clock?: Clock
  /** Longest silence of a connection in milliseconds, 60,000 without it; 0 for none. */
  readonly timeoutMs?: number
  readonly retry?: Partial<RetryLimits>
  /** Aborts everything that the session does. */
  readonly signal?: AbortSignal
}
