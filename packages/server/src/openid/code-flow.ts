import type { OpenIDAuth, ProviderMetadata } from '@hexapla/rest'
import * as oauth from 'openid-client'
import type { OpenIdConfig } from '../config/openid-config.ts'
import { tellsAll } from './identity-of-claims.ts'
import { toProviderFailure } from './provider-failure.ts'

/** What must be known again when the provider leads somebody back; nobody but their browser keeps it. */
export interface PendingSignIn {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
  /** Where the person wants to be afterwards. */
  readonly returnTo: string
}

/** Signing in by the authorization code flow, with PKCE (OpenID Connect Core section 3.1, RFC 7636). */
export interface CodeFlow {
  /** @throws HttpError 503 `provider-unavailable` */
  begin(input: { callback: string; returnTo: string }): Promise<{ location: string; pending: PendingSignIn }>
  /**
   * @param url the address that the provider led to
   * @returns the claims of the ID token, and of the userinfo endpoint where these do not tell all; undefined when the
   * person did not want to sign in
   * @throws HttpError 401 `sign-in-failed`, 503 `provider-unavailable`
   */
  complete(url: URL, pending: PendingSignIn): Promise<Readonly<Record<string, unknown>> | undefined>
}

const TIMEOUT_S = 10

/** The flow with the provider of the configuration. */
export function codeFlow(config: OpenIdConfig, provider: Pick<OpenIDAuth, 'provider'>): CodeFlow {
  const client = async () => {
    try {
      return clientOf(config, await provider.provider())
    } catch (error) {
      throw toProviderFailure(error)
    }
  }
  return {
    async begin({ callback, returnTo }) {
      const known = await client()
      const pending = {
        state: oauth.randomState(),
        nonce: oauth.randomNonce(),
        codeVerifier: oauth.randomPKCECodeVerifier(),
        returnTo,
      }
      const location = oauth.buildAuthorizationUrl(known, {
        redirect_uri: callback,
        scope: config.scopes.join(' '),
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(pending.codeVerifier),
        code_challenge_method: 'S256',
      })
      return { location: location.href, pending }
    },
    async complete(url, pending) {
      const known = await client()
      try {
        const tokens = await oauth.authorizationCodeGrant(known, url, {
          pkceCodeVerifier: pending.codeVerifier,
          expectedState: pending.state,
          expectedNonce: pending.nonce,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (claims === undefined) throw new Error('The provider sent no ID token')
        if (tellsAll(claims, config) || known.serverMetadata().userinfo_endpoint === undefined) return claims
        return { ...(await oauth.fetchUserInfo(known, tokens.access_token, claims.sub)), ...claims }
      } catch (error) {
        if (error instanceof oauth.AuthorizationResponseError && error.error === 'access_denied')
          return undefined
        throw toProviderFailure(error)
      }
    },
  }
}

function clientOf(config: OpenIdConfig, metadata: ProviderMetadata): oauth.Configuration {
  const { clientId, clientSecret } = config
  // It came as JSON.
  const server = metadata as oauth.ServerMetadata
  const client = new oauth.Configuration(server, clientId, {}, authenticationOf(clientSecret, metadata))
  client.timeout = TIMEOUT_S
  // The configuration allows it within this machine alone.
  if (metadata.issuer.startsWith('http:')) oauth.allowInsecureRequests(client)
  return client
}

/** The default is `client_secret_basic` (OpenID Connect Discovery section 3). */
function authenticationOf(secret: string | undefined, metadata: ProviderMetadata): oauth.ClientAuth {
  if (secret === undefined) return oauth.None()
  const methods = metadata['token_endpoint_auth_methods_supported']
  const takesBasic = !Array.isArray(methods) || methods.includes('client_secret_basic')
  return takesBasic ? oauth.ClientSecretBasic(secret) : oauth.ClientSecretPost(secret)
}
