import type { Identity, SignInRules } from '@hexapla/repository'
import { OpenIDAuth, type TokenError } from '@hexapla/rest'
import { decodeJwt } from 'jose'
import type { OpenIdConfig } from '../config/openid-config.ts'
import { identityOfClaims } from './identity-of-claims.ts'

/** Signing in with the OpenID provider of the configuration, for every dialect. */
export interface OpenIdSignIn {
  readonly config: OpenIdConfig
  /** Whom the repository takes. */
  readonly rules: SignInRules
  /** Whom checked claims name. @throws TokenError `token-claim-missing` */
  identityOf(claims: Readonly<Record<string, unknown>>): Identity
  /** Whether a token says that it is the provider's; what it says is not checked yet. */
  isOurs(token: string): boolean
  /** Whom a token of the provider names, presented to an API. @throws TokenError */
  identify(token: string): Promise<Identity>
}

/**
 * Asks the provider for nothing before somebody signs in: the server starts without it, and what does not need it works
 * without it.
 *
 * @param deps.onFailure told when the provider could not be asked
 */
export function openIdSignIn(
  config: OpenIdConfig,
  deps: { onFailure: (error: TokenError) => void; now: () => number },
): OpenIdSignIn {
  const provider = new OpenIDAuth(config.issuer, {
    audience: config.audience,
    now: deps.now,
    onProviderFailure: deps.onFailure,
  })
  const identityOf = (claims: Readonly<Record<string, unknown>>) => identityOfClaims(claims, config)
  return {
    config,
    rules: {
      makePeople: config.makePeople,
      domains: config.allowedDomains,
      groups: config.allowedGroups,
    },
    identityOf,
    isOurs: (token) => sameIssuer(issuerOf(token), config.issuer),
    identify: async (token) => identityOf(await provider.validate(token)),
  }
}

function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss
  } catch {
    // Not a JWT at all.
    return undefined
  }
}

function sameIssuer(one: string | undefined, other: string): boolean {
  return one?.replace(/\/$/, '') === other.replace(/\/$/, '')
}
