import type { TokenClaims } from './token-claims.ts'

/**
 * The texts of a claim: its own, or those of its list; what is no text is passed over.
 *
 * @param path names from the outside in, e.g. `realm_access`, `roles`
 */
export function claimTexts(claims: TokenClaims, path: readonly string[]): readonly string[] {
  const value = path.reduce(member, claims as unknown)
  return (Array.isArray(value) ? value : [value]).filter((text): text is string => typeof text === 'string')
}

/** The scopes of a token: a text with spaces between them (RFC 8693 section 4.2), or a list. */
export function scopes(claims: TokenClaims): readonly string[] {
  return claimTexts(claims, ['scope']).flatMap((text) => text.match(/\S+/g) ?? [])
}

function member(value: unknown, name: string): unknown {
  // Only what the token itself holds: names come from expressions, and `constructor` is on every object.
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}
