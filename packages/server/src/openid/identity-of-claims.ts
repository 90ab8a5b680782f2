import type { Identity } from '@hexapla/repository'
import { TokenError } from '@hexapla/rest'
import type { OpenIdConfig } from '../config/openid-config.ts'

/** More groups than anybody is in; a token that names more is somebody's mistake. */
const MOST_GROUPS = 1000

/**
 * Whom a provider's claims name (OpenID Connect Core section 5.1).
 *
 * @throws TokenError `token-claim-missing` when they name nobody
 */
export function identityOfClaims(
  claims: Readonly<Record<string, unknown>>,
  { claims: names, trustEmail }: Pick<OpenIdConfig, 'claims' | 'trustEmail'>,
): Identity {
  const issuer = textOf(claims['iss'])
  const subject = textOf(claims['sub'])
  if (issuer === null || subject === null)
    throw new TokenError('token-claim-missing', 'the token names nobody')
  // What email_verified says is about the claim email alone.
  const isChecked = trustEmail || (names.email === 'email' && claims['email_verified'] === true)
  return {
    issuer,
    subject,
    email: isChecked ? textOf(claimAt(claims, names.email)) : null,
    firstName: textOf(claimAt(claims, names.firstName)),
    lastName: textOf(claimAt(claims, names.lastName)),
    groups: groupsOf(claimAt(claims, names.groups)),
  }
}

/** A claim by its name, which may have dots in it, or by its path. */
function claimAt(claims: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path]
  let value: unknown = claims
  for (const name of path.split('.')) {
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? Reflect.get(value, name)
        : undefined
  }
  return value
}

/** Keycloak writes groups as paths: `/staff` is `staff`. */
function groupsOf(claim: unknown): readonly string[] {
  const names = typeof claim === 'string' ? [claim] : Array.isArray(claim) ? claim : []
  const groups = names.flatMap((name: unknown) => textOf(name) ?? []).map((name) => name.replace(/^\//, ''))
  return [...new Set(groups)].slice(0, MOST_GROUPS)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
