import { fetchJson, type FetchOptions } from './fetch-json.ts'

/** What a provider says of itself (OpenID Connect Discovery section 3, RFC 8414 section 2); names as it has them. */
export interface ProviderMetadata {
  readonly issuer: string
  readonly jwks_uri: string
  readonly authorization_endpoint?: string
  readonly token_endpoint?: string
  readonly userinfo_endpoint?: string
  readonly end_session_endpoint?: string
  readonly device_authorization_endpoint?: string
  readonly registration_endpoint?: string
  readonly [name: string]: unknown
}

const endpoints = [
  'jwks_uri',
  'authorization_endpoint',
  'token_endpoint',
  'userinfo_endpoint',
  'end_session_endpoint',
  'device_authorization_endpoint',
  'registration_endpoint',
]

/**
 * Reads the discovery document of the provider at `url`.
 *
 * @param issuers what the provider may call itself, beyond `url`
 * @throws Error when it is not to be had, speaks of another issuer, or names addresses that cannot be used
 */
export async function loadMetadata(
  url: string,
  issuers: readonly string[],
  options: FetchOptions,
): Promise<ProviderMetadata> {
  const document = await fetchJson(`${withoutSlash(url)}/.well-known/openid-configuration`, options)
  const { issuer } = document
  // OpenID Connect Discovery section 4.3: else one provider could speak for another.
  if (
    typeof issuer !== 'string' ||
    !(withoutSlash(issuer) === withoutSlash(url) || issuers.includes(issuer))
  ) {
    throw new Error(`${url} says that it is the issuer ${String(issuer)}`)
  }
  if (document['jwks_uri'] === undefined) throw new Error(`${url} has no jwks_uri`)
  for (const name of endpoints) {
    const value = document[name]
    if (value !== undefined && !isUsable(value, url)) throw new Error(`${url} has an unusable ${name}`)
  }
  // Every member that ProviderMetadata names was looked at above.
  return document as ProviderMetadata
}

/** Whether a value is an address that is no less protected than the provider's own. */
function isUsable(value: unknown, url: string): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  const { protocol } = new URL(value)
  return protocol === 'https:' || (protocol === 'http:' && url.startsWith('http:'))
}

function withoutSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url
}
