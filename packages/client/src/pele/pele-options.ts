import type { Credentials } from '../auth/credentials.ts'
import type { Clock } from '../pipeline/clock.ts'
import type { RetryLimits } from '../pipeline/retry-delay.ts'

/** Finds the account for a server; `undefined` where there is none. */
export type FindCredentials = (server: URL) => Promise<Credentials | undefined>

/** How {@link PeleRequests} behaves; everything has a default. */
export interface PeleOptions {
  /** The account. Without one it is that of the `.netrc` (`NETRC`, `~/.netrc`), looked up for the first login. */
  readonly user?: string
  readonly password?: string
  /** Another way to find the account, in place of `.netrc`. */
  readonly credentials?: FindCredentials
  /** A token. With an account, or another way to find one, it is what to begin with; alone it is not renewed. */
  readonly token?: string
  /** `false` for servers that want no token. */
  readonly auth?: boolean
  /** `false` takes certificates that nobody vouches for, such as self-signed ones; under Node alone. */
  readonly verify?: boolean
  /** Another `fetch`, such as one with certificates of its own: `tlsFetch` of `@hexapla/client/node`. */
  readonly fetch?: typeof globalThis.fetch
  /** How failures of the network and of the server are repeated; idempotent methods are. */
  readonly retry?: Partial<RetryLimits>
  /**
   * How often and how long 429 is waited out. Without it ten attempts, half a second and then twice as long each where the
   * server tells no time, and two minutes at most.
   */
  readonly patience?: Partial<RetryLimits>
  /** Longest silence of a connection in milliseconds, 60,000 without it; 0 for none. */
  readonly timeoutMs?: number
  readonly clock?: Clock
  /** Aborts everything that is done. */
  readonly signal?: AbortSignal
}
