import { tokenPayload } from './token-payload.ts'

/** The `exp` claim of a JWT in milliseconds since 1970 (RFC 7519 section 4.1.4); read, not verified. */
export function tokenExpiry(token: string): number | undefined {
  const { exp } = tokenPayload(token)
  return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : undefined
}
