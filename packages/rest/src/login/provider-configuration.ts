import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  clockTolerance,
  Configuration,
  customFetch,
  None,
  type ClientAuth,
  type ServerMetadata,
} from 'openid-client'
import type { ProviderMetadata } from '../auth/openid/provider-metadata.ts'
import type { LoginProviderOptions } from './login-provider.ts'

/** As `OpenIDAuth` has it. */
const DEFAULT_LEEWAY_SECONDS = 60

/** The provider and this client of it, as `openid-client` takes them. */
export function providerConfiguration(
  metadata: ProviderMetadata,
  options: LoginProviderOptions & { readonly timeoutSeconds: number },
): Configuration {
  const { clientId, clientSecret, fetch, leewaySeconds = DEFAULT_LEEWAY_SECONDS, timeoutSeconds } = options
  // The members that ServerMetadata wants were looked at when the document was read.
  const server = metadata as unknown as ServerMetadata
  const client = { [clockTolerance]: leewaySeconds }
  const config = new Configuration(server, clientId, client, authentication(server, clientSecret))
  config.timeout = timeoutSeconds
  if (fetch !== undefined) config[customFetch] = (url, init) => fetch(url, init as RequestInit)
  // Only an issuer for which that was allowed gets here by http.
  if (metadata.issuer.startsWith('http:')) allowInsecureRequests(config)
  return config
}

/** RFC 6749 section 2.3.1: Basic is what every provider must know; what it says it knows goes before. */
function authentication(server: ServerMetadata, secret: string | undefined): ClientAuth {
  if (secret === undefined) return None()
  const known = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  return known.includes('client_secret_basic') ? ClientSecretBasic(secret) : ClientSecretPost(secret)
}
