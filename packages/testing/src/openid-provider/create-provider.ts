import type { JWK } from 'jose'
import { type AdapterFactory, type ClientMetadata, Provider } from 'oidc-provider'
import { donePage, errorPage, formPage, logoutPage, userCodePage } from './pages.ts'
import type { OpenIdProviderOptions, TestAccount, TestClient } from './provider-options.ts'

const profileClaims = ['name', 'given_name', 'family_name', 'preferred_username', 'upn']
const emailClaims = ['email', 'email_verified']

/** Everything that {@link OpenIdProviderOptions} leaves open is decided. */
export type ProviderSettings = Required<Omit<OpenIdProviderOptions, 'lifetimes'>> & {
  readonly lifetimes: Required<NonNullable<OpenIdProviderOptions['lifetimes']>>
}

/** The provider with one set of keys; what it issued before lives on in the adapter. */
export function createProvider(
  issuer: string,
  settings: ProviderSettings,
  deps: { readonly adapter: AdapterFactory; readonly keys: readonly JWK[] },
): Provider {
  const { accounts, audience, lifetimes } = settings
  const account = (sub: string | undefined) => accounts.find((candidate) => candidate.sub === sub)
  const client = (id: string | undefined) => settings.clients.find((candidate) => candidate.client_id === id)

  const provider = new Provider(issuer, {
    adapter: deps.adapter,
    jwks: { keys: [...deps.keys] },
    clients: settings.clients.map(metadata),
    clientDefaults: { id_token_signed_response_alg: settings.algorithm },
    cookies: { keys: ['only a test'] },
    claims: {
      openid: ['sub', ...otherClaims(accounts)],
      profile: profileClaims,
      email: emailClaims,
      groups: ['groups'],
    },
    conformIdTokenClaims: false,
    enabledJWA: { idTokenSigningAlgValues: [settings.algorithm] },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      deviceFlow: {
        enabled: true,
        userCodeInputSource: userCodePage,
        userCodeConfirmSource: formPage,
        successSource: donePage,
      },
      introspection: { enabled: true },
      registration: { enabled: true },
      registrationManagement: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        getResourceServerInfo: () => ({
          scope: settings.scopes.join(' '),
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: lifetimes.accessToken,
          jwt: { sign: { alg: settings.algorithm } },
        }),
        useGrantedResource: () => true,
      },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: logoutPage, postLogoutSuccessSource: donePage },
      userinfo: { enabled: true },
    },
    findAccount: (_ctx, sub) => {
      const found = account(sub)
      return found && { accountId: sub, claims: () => ({ ...found }) }
    },
    extraTokenClaims: (_ctx, token) =>
      'accountId' in token ? { ...account(token.accountId) } : { ...client(token.clientId)?.claims },
    formats: {
      customizers: {
        jwt: (_ctx, _token, { payload }) => {
          for (const claim of ['iat', 'nbf', 'exp']) {
            const at = payload[claim]
            if (typeof at === 'number') payload[claim] = at + settings.clockAheadSeconds
          }
        },
      },
    },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    issueRefreshToken: (_ctx, { grantTypes = [] }) => grantTypes.includes('refresh_token'),
    loadExistingGrant: async ({ oidc }) => {
      const accountId = oidc.session?.accountId
      const clientId = oidc.client?.clientId
      if (accountId === undefined || clientId === undefined) return undefined
      const grant = new provider.Grant({ accountId, clientId })
      for (const scope of oidc.requestParamScopes) grant.addOIDCScope(scope)
      grant.addResourceScope(audience, settings.scopes.join(' '))
      await grant.save()
      return grant
    },
    pkce: { required: (_ctx, { clientAuthMethod }) => clientAuthMethod === 'none' },
    renderError: errorPage,
    rotateRefreshToken: settings.rotateRefreshTokens,
    scopes: ['openid', 'offline_access', 'profile', 'email', 'groups'],
    ttl: {
      AccessToken: lifetimes.accessToken,
      ClientCredentials: lifetimes.accessToken,
      DeviceCode: lifetimes.deviceCode,
      Grant: 86_400,
      IdToken: 3600,
      Interaction: 3600,
      RefreshToken: lifetimes.refreshToken,
      Session: 86_400,
    },
  })
  return provider
}

function otherClaims(accounts: readonly TestAccount[]): string[] {
  const named = new Set(['sub', 'groups', ...profileClaims, ...emailClaims])
  return [...new Set(accounts.flatMap(Object.keys))].filter((claim) => !named.has(claim))
}

function metadata({ claims: _claims, ...client }: TestClient): ClientMetadata {
  const redirects = client.redirect_uris ?? []
  const secret = client.client_secret
  return {
    redirect_uris: redirects,
    response_types: redirects.length === 0 ? [] : ['code'],
    grant_types: [
      ...(redirects.length === 0 ? [] : ['authorization_code']),
      ...(secret === undefined ? [] : ['client_credentials']),
      'refresh_token',
      'urn:ietf:params:oauth:grant-type:device_code',
    ],
    token_endpoint_auth_method: secret === undefined ? 'none' : 'client_secret_basic',
    ...client,
  }
}
