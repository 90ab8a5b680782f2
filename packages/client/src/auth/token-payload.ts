/** The claims of a JWT (RFC 7519 section 3), read and not verified; none when it is not a JWT that we can read. */
export function tokenPayload(token: string): { readonly exp?: unknown; readonly iat?: unknown } {
  const payload = token.split('.')[1]
  if (payload === undefined) return {}
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
    return typeof claims === 'object' && claims !== null ? claims : {}
  } catch {
    return {}
  }
}
