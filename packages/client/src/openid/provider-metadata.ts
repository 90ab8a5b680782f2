import * as oauth from 'oauth4webapi'
import { ClientError } from '../errors.ts'
import { conforming } from './conforming.ts'
import type { OpenIDProviderAddress } from './openid-provider-options.ts'
import { providerFetch } from './provider-fetch.ts'

/**
 * Fetches what a provider tells of itself (OpenID Connect Discovery section 4, RFC 8414).
 *
 * @throws {ClientError} `options_invalid` when the address is none
 * @throws {OpenIDError} `provider_unavailable`, `provider_invalid`
 */
export async function providerMetadata(options: OpenIDProviderAddress): Promise<oauth.AuthorizationServer> {
  const address = URL.parse(options.provider)
  if (address === null || !['http:', 'https:'].includes(address.protocol)) {
    throw new ClientError('options_invalid', `"${options.provider}" is no address of an OpenID provider`)
  }
  const response = await oauth.discoveryRequest(address, {
    [oauth.customFetch]: providerFetch(options),
    [oauth.allowInsecureRequests]: speaksPlainHttp(options),
    ...(options.signal && { signal: options.signal }),
  })
  return conforming(oauth.processDiscoveryResponse(await issuerOf(response.clone(), address), response))
}

/** Whether the user chose a provider without TLS; one with TLS must not lead to endpoints without. */
export function speaksPlainHttp({ provider }: OpenIDProviderAddress): boolean {
  return URL.parse(provider)?.protocol === 'http:'
}

/** The issuer to expect: that of the address, where a slash at the end makes no difference. */
async function issuerOf(response: Response, address: URL): Promise<URL> {
  const document = (await response.json().catch(() => undefined)) as { issuer?: unknown } | null | undefined
  const named = typeof document?.issuer === 'string' ? URL.parse(document.issuer) : null
  return named !== null && bare(named) === bare(address) ? named : address
}

function bare({ href }: URL): string {
  return href.replace(/\/+$/, '')
}
