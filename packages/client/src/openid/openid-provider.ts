import * as oauth from 'oauth4webapi'
import { systemClock } from '../pipeline/clock.ts'
import { singleFlight } from '../pipeline/single-flight.ts'
import { clientAuthentication } from './client-authentication.ts'
import { conforming } from './conforming.ts'
import { type IssuedTokens, issuedTokens } from './issued-tokens.ts'
import { OpenIDError } from './openid-error.ts'
import type { OpenIDProviderOptions } from './openid-provider-options.ts'
import { providerFetch } from './provider-fetch.ts'
import { providerMetadata, speaksPlainHttp } from './provider-metadata.ts'

/** The requests for tokens of one client. All reject with an {@link OpenIDError}, or an abort's reason. */
export interface OpenIDProvider {
  /** RFC 6749 section 4.4 */
  readonly clientCredentials: (scopes: readonly string[]) => Promise<IssuedTokens>
  /** RFC 6749 section 6. Not aborted: once a refresh token is sent, its successor must be taken in. */
  readonly refresh: (refreshToken: string) => Promise<IssuedTokens>
  /** RFC 8628 section 3.1; with the challenge of RFC 7636. */
  readonly beginDevice: (
    scopes: readonly string[],
    codeChallenge: string | undefined,
  ) => Promise<oauth.DeviceAuthorizationResponse>
  /** RFC 8628 section 3.4; with the verifier of RFC 7636. */
  readonly redeemDeviceCode: (deviceCode: string, codeVerifier: string | undefined) => Promise<IssuedTokens>
}

/** The provider as a client sees it; its metadata is fetched when it is first needed. */
export function openIDProvider(options: OpenIDProviderOptions): OpenIDProvider {
  const { parameters = {}, clock = systemClock } = options
  const client = { client_id: options.clientId }
  const lasting = {
    [oauth.customFetch]: providerFetch(options),
    [oauth.allowInsecureRequests]: speaksPlainHttp(options),
  }
  const passing = { ...lasting, ...(options.signal && { signal: options.signal }) }

  let known: oauth.AuthorizationServer | undefined
  const discover = singleFlight(async () => (known = await providerMetadata(options)))

  const ask = async <T>(
    work: (as: oauth.AuthorizationServer, auth: oauth.ClientAuth) => Promise<T>,
  ): Promise<T> => {
    const as = known ?? (await discover())
    return conforming(work(as, clientAuthentication(as, options)))
  }

  const askForTokens = async (
    request: (as: oauth.AuthorizationServer, auth: oauth.ClientAuth) => Promise<Response>,
    process: typeof oauth.processRefreshTokenResponse,
  ): Promise<IssuedTokens> =>
    ask(async (as, auth) => {
      const askedAt = clock.now()
      const answer = await withoutIDToken(await request(as, auth))
      return issuedTokens(await process(as, client, answer), askedAt)
    })

  return {
    clientCredentials(scopes) {
      const body = { ...scopeParameter(scopes), ...parameters }
      return askForTokens(
        (as, auth) => oauth.clientCredentialsGrantRequest(as, client, auth, body, passing),
        oauth.processClientCredentialsResponse,
      )
    },
    refresh(refreshToken) {
      const more = { ...lasting, additionalParameters: parameters }
      return askForTokens(
        (as, auth) => oauth.refreshTokenGrantRequest(as, client, auth, refreshToken, more),
        oauth.processRefreshTokenResponse,
      )
    },
    beginDevice: (scopes, codeChallenge) =>
      ask(async (as, auth) => {
        if (as.device_authorization_endpoint === undefined) {
          throw new OpenIDError('device_unsupported', `${as.issuer} offers no login for devices`)
        }
        const pkce =
          codeChallenge === undefined ? {} : { code_challenge: codeChallenge, code_challenge_method: 'S256' }
        const body = { ...scopeParameter(scopes), ...parameters, ...pkce }
        const response = await oauth.deviceAuthorizationRequest(as, client, auth, body, passing)
        return oauth.processDeviceAuthorizationResponse(as, client, response)
      }),
    redeemDeviceCode(deviceCode, codeVerifier) {
      const pkce = codeVerifier === undefined ? {} : { code_verifier: codeVerifier }
      const more = { ...passing, additionalParameters: { ...parameters, ...pkce } }
      return askForTokens(
        (as, auth) => oauth.deviceCodeGrantRequest(as, client, auth, deviceCode, more),
        oauth.processDeviceCodeResponse,
      )
    },
  }
}

function scopeParameter(scopes: readonly string[]): { readonly scope?: string } {
  return scopes.length === 0 ? {} : { scope: scopes.join(' ') }
}

/** ID tokens are not used here, and one that our clock or our algorithms do not suit must not spoil a login. */
async function withoutIDToken(response: Response): Promise<Response> {
  const text = await response.text()
  const { status, headers } = response
  try {
    const document = JSON.parse(text) as unknown
    if (typeof document === 'object' && document !== null && 'id_token' in document) {
      const { id_token: _unused, ...rest } = document
      return new Response(JSON.stringify(rest), { status, headers })
    }
  } catch {
    // Not JSON: who processes the answer says so.
  }
  return new Response(text, { status, headers })
}
