import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createProvider, type ProviderSettings } from './create-provider.ts'
import { type EndpointFault, faultyEndpoints, type ProviderEndpoint } from './faulty-endpoints.ts'
import { memoryAdapter } from './memory-adapter.ts'
import type { OpenIdProviderOptions } from './provider-options.ts'
import { signInPage } from './sign-in-page.ts'
import { signingKey } from './signing-keys.ts'
import { type TestBrowser, testBrowser } from './test-browser.ts'
import { answerUserinfo } from './userinfo.ts'

/** A running provider, see {@link startOpenIdProvider}. */
export interface TestOpenIdProvider {
  /** `http://127.0.0.1:PORT`, the same after {@link TestOpenIdProvider.start}. */
  readonly issuer: string
  readonly audience: string
  /** Signs with a new key from now on. The old one stays published unless `forget`. */
  readonly rotateKeys: (options?: { readonly forget?: boolean }) => Promise<void>
  /** Ends all connections; what was issued is kept. */
  readonly stop: () => Promise<void>
  /** Listens again, on the same port. */
  readonly start: () => Promise<void>
  /** Puts a fault before an endpoint, or takes it away. */
  readonly fault: (endpoint: ProviderEndpoint, fault: EndpointFault | undefined) => void
  /** How many requests an endpoint has had, those that met a fault included. */
  readonly requests: (endpoint: ProviderEndpoint) => number
  readonly browser: () => TestBrowser
  /**
   * Walks through the sign-in page as one person in a new browser, or refuses with `undefined`.
   *
   * @param account `sub` of the person
   * @returns where the provider leads back to, with `code` and `state`, or `error`
   */
  readonly signIn: (authorizationUrl: string | URL, account: string | undefined) => Promise<URL>
  /** Enters a user code and signs in. */
  readonly approveDevice: (userCode: string, account: string) => Promise<void>
  readonly denyDevice: (userCode: string) => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/**
 * Starts a real OpenID provider (`oidc-provider`) in process on 127.0.0.1, over plain HTTP: authorization code with PKCE,
 * client credentials, device code, refresh tokens with rotation and detection of reuse, dynamic registration,
 * introspection, revocation, userinfo and logout. Access tokens are JWTs (RFC 9068) that carry all claims of the account.
 *
 * @example
 *   const provider = await startOpenIdProvider({ scopes: ['read'], audience: 'https://api.example.org' })
 *   const form = new URLSearchParams({ grant_type: 'client_credentials', scope: 'read' })
 *   const headers = { authorization: `Basic ${btoa('service:service-secret')}` }
 *   const answer = await fetch(`${provider.issuer}/token`, { method: 'POST', body: form, headers })
 */
export async function startOpenIdProvider(options: OpenIdProviderOptions = {}): Promise<TestOpenIdProvider> {
  const settings = settingsOf(options)
  const adapter = memoryAdapter()
  const endpoints = faultyEndpoints()
  let keys = [await signingKey(settings.algorithm)]

  let server = createServer()
  const port = await listen(server, 0)
  const issuer = `http://127.0.0.1:${port}`
  let provider = createProvider(issuer, settings, { adapter, keys })

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (await endpoints.meets(request, response)) return
    const path = request.url ?? ''
    if (path.startsWith('/interaction/')) return signInPage(provider, request, response)
    const { accounts } = settings
    if (path === '/me' && (await answerUserinfo(request, response, { keys, issuer, accounts }))) return
    await provider.callback()(request, response)
  }
  const serve = () => {
    server.on('request', (request, response) => {
      answer(request, response).catch((error: unknown) => response.destroy(error as Error))
    })
  }
  serve()

  const stop = async () => {
    if (!server.listening) return
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  const browser = () => testBrowser(issuer)
  const enter = (userCode: string, fields: Readonly<Record<string, string>>) =>
    browser().visit(`${issuer}/device?user_code=${encodeURIComponent(userCode)}`, fields)

  return {
    issuer,
    audience: settings.audience,
    async rotateKeys({ forget = false } = {}) {
      keys = [await signingKey(settings.algorithm), ...(forget ? [] : keys)]
      provider = createProvider(issuer, settings, { adapter, keys })
    },
    stop,
    async start() {
      if (server.listening) return
      server = createServer()
      serve()
      await listen(server, port)
    },
    fault: endpoints.fault,
    requests: endpoints.requests,
    browser,
    async signIn(authorizationUrl, account) {
      const { leadsTo, status, text } = await browser().visit(authorizationUrl, { account: account ?? '' })
      if (leadsTo === undefined) throw new Error(`The provider answered ${status}: ${text}`)
      return leadsTo
    },
    async approveDevice(userCode, account) {
      const { status, text } = await enter(userCode, { account })
      if (status !== 200) throw new Error(`The provider answered ${status}: ${text}`)
    },
    async denyDevice(userCode) {
      await enter(userCode, { abort: 'yes' })
    },
    [Symbol.asyncDispose]: stop,
  }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port')
  return address.port
}

function settingsOf(options: OpenIdProviderOptions): ProviderSettings {
  return {
    clients: [
      { client_id: 'service', client_secret: 'service-secret' },
      { client_id: 'device', application_type: 'native' },
    ],
    accounts: [
      {
        sub: 'ada',
        preferred_username: 'ada',
        name: 'Ada Lovelace',
        email: 'ada@example.org',
        email_verified: true,
        groups: ['/staff', '/curators'],
        realm_access: { roles: ['admin', 'writer'] },
      },
      {
        sub: 'grace',
        preferred_username: 'grace',
        name: 'Grace Hopper',
        email: 'grace@example.org',
        email_verified: false,
        groups: [],
        realm_access: { roles: ['reader'] },
      },
    ],
    audience: 'https://api.example.org',
    scopes: ['read', 'write'],
    rotateRefreshTokens: true,
    algorithm: 'RS256',
    clockAheadSeconds: 0,
    ...options,
    lifetimes: { accessToken: 300, refreshToken: 86_400, deviceCode: 600, ...options.lifetimes },
  }
}
