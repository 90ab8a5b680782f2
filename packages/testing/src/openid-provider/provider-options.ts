import type { ClientMetadata, JsonObject } from 'oidc-provider'

/** A person that can sign in; everything here is a claim. */
export interface TestAccount {
  readonly sub: string
  readonly preferred_username?: string
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
  readonly groups?: readonly string[]
  readonly realm_access?: { readonly roles: readonly string[] }
  readonly [claim: string]: unknown
}

/**
 * A client, as dynamic registration would describe it (RFC 7591 section 2). Without a secret it is public. Grants are
 * all that a client of its kind can use, unless `grant_types` says less.
 */
export type TestClient = ClientMetadata & {
  /** Claims of its access tokens by `client_credentials`. */
  readonly claims?: JsonObject
}

/** Options of {@link startOpenIdProvider}; each has a default. */
export interface OpenIdProviderOptions {
  /** `service` (secret `service-secret`) and the public `device` by default. */
  readonly clients?: readonly TestClient[]
  /** `ada` and `grace` by default. */
  readonly accounts?: readonly TestAccount[]
  /** Of access tokens: what `aud` says, an absolute URI; `https://api.example.org` by default. */
  readonly audience?: string
  /** Scopes that access tokens may carry, besides the OpenID ones. */
  readonly scopes?: readonly string[]
  /** In seconds. */
  readonly lifetimes?: {
    readonly accessToken?: number
    readonly refreshToken?: number
    readonly deviceCode?: number
  }
  /** Each refresh gives a new refresh token and the old one is spent; so by default. */
  readonly rotateRefreshTokens?: boolean
  /** Of access and ID tokens; `RS256` by default. */
  readonly algorithm?: 'RS256' | 'PS256' | 'ES256' | 'Ed25519'
  /** How far the clock that access tokens are made with is ahead of ours. */
  readonly clockAheadSeconds?: number
}
