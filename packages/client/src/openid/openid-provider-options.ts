import type { Clock } from '../pipeline/clock.ts'
import type { RetryLimits } from '../pipeline/retry-delay.ts'

/** Which OpenID provider, and how to ask it. */
export interface OpenIDProviderAddress {
  /** Its address, such as `https://login.example.org/realms/main`; `/.well-known/openid-configuration` goes after it. */
  readonly provider: string
  /** Longest silence of the provider in milliseconds, 10,000 without it; 0 for none. */
  readonly providerTimeoutMs?: number
  /** How often and how long to wait between attempts after failures that may pass; 4 attempts without it. */
  readonly providerRetry?: Partial<RetryLimits>
  /** Another `fetch`, such as one with certificates of its own: `tlsFetch` of `@hexapla/client/node`. */
  readonly fetch?: typeof globalThis.fetch
  /** Aborts everything, a login in progress too. */
  readonly signal?: AbortSignal
  readonly clock?: Clock
}

/** Which OpenID provider, and who we are to it. */
export interface OpenIDProviderOptions extends OpenIDProviderAddress {
  readonly clientId: string
  /** Of a confidential client; a public one has none. */
  readonly clientSecret?: string
  /** Whether the secret goes in a header or in the form; in a header, unless the provider says that it takes none. */
  readonly clientAuthentication?: 'basic' | 'post'
  /** Further parameters of requests for tokens, such as `audience` or `resource`. */
  readonly parameters?: Readonly<Record<string, string>>
}
