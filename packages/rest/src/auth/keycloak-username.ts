import type { TokenClaims } from './token-claims.ts'

/**
 * Names a person as Keycloak does: `preferred_username`, else `upn`. Tokens of services have neither, and count as
 * naming nobody.
 *
 * @example
 * server.before(bearerAuthentication({ validator, subject: KeycloakUsername }))
 */
export function KeycloakUsername(claims: TokenClaims): string | undefined {
  return [claims['preferred_username'], claims['upn']].find(
    (name): name is string => typeof name === 'string' && name !== '',
  )
}
