import {
  authenticated,
  memorySessionStore,
  OpenIDLoginHandler,
  OpenIDLogoutHandler,
  identityKey,
  openIdLogin,
  protect,
  RestHandler,
  sessionAuthentication,
  sessionKey,
  sessionLogins,
  type OpenIdLoginOptions,
  type SessionAuthenticationOptions,
} from '@hexapla/rest'
import {
  startOpenIdProvider,
  type OpenIdProviderOptions,
  type TestOpenIdProvider,
} from '@hexapla/testing/openid-provider'
import { onTestFinished } from 'vitest'
import { serve } from '../serve.ts'
import { testClock, type TestClock } from '../sessions/contract-case.ts'
import { visitor, type Visitor } from './visitor.ts'

/** Where visitors reach the service: a proxy, one may think, does TLS before it. */
export const ORCHARD = 'https://orchard.example.org'
const CLIENT = {
  client_id: 'orchard',
  client_secret: 'orchard-secret',
  redirect_uris: [`${ORCHARD}/login`],
  post_logout_redirect_uris: [`${ORCHARD}/`],
}
export const SECRET = 'a secret of thirty-two characters or more'

class Who extends RestHandler {
  override get() {
    const { state } = this.request
    const identity = state.get(identityKey)
    if (identity === undefined) return { nobody: true }
    const { subject, claims, token } = identity
    return { subject, name: claims['name'], groups: claims['groups'], token }
  }

  override post() {
    return this.get()
  }
}

class Basket extends RestHandler {
  override get() {
    return this.request.state.require(sessionKey).values
  }

  override async put() {
    const session = this.request.state.require(sessionKey)
    await session.set('fruits', await this.request.json())
    return session.values
  }

  override async delete() {
    await this.request.state.require(sessionKey).delete('fruits')
  }
}

export interface Orchard {
  readonly provider: TestOpenIdProvider
  readonly clock: TestClock
  readonly options: OpenIdLoginOptions
  /** A new browser at the service. */
  readonly visitor: () => Visitor
  /** Another process of the same service. */
  readonly another: (options?: Partial<OpenIdLoginOptions>) => Promise<() => Visitor>
}

/** A provider and a service with login, for one test. */
export async function startOrchard(
  make: {
    readonly provider?: OpenIdProviderOptions
    readonly options?: (clock: TestClock) => Partial<OpenIdLoginOptions>
    readonly hook?: (provider: TestOpenIdProvider, clock: TestClock) => Partial<SessionAuthenticationOptions>
  } = {},
): Promise<Orchard> {
  const provider = await startOpenIdProvider({ clients: [CLIENT], ...make.provider })
  onTestFinished(provider.stop)
  const clock = testClock()
  const options: OpenIdLoginOptions = {
    clientId: 'orchard',
    clientSecret: 'orchard-secret',
    callbackUrl: `${ORCHARD}/login`,
    secrets: [SECRET],
    storage: sessionLogins({ store: memorySessionStore({ now: clock.now }), now: clock.now }),
    now: clock.now,
    cooldownSeconds: 0.02,
    ...make.options?.(clock),
  }
  const another = async (others: Partial<OpenIdLoginOptions> = {}) => {
    const login = openIdLogin(provider.issuer, { ...options, ...others })
    const { url } = await serve((server) => {
      server.before(sessionAuthentication({ login, ...make.hook?.(provider, clock) }))
      server.addRoute('/login', OpenIDLoginHandler, { deps: login })
      server.addRoute('/logout', OpenIDLogoutHandler, { deps: login })
      server.addRoute('/who', Who)
      server.addRoute('/private', protect(Who, { get: authenticated }))
      server.addRoute('/basket', protect(Basket, { get: authenticated, put: authenticated }))
    })
    return () => visitor(login.callbackUrl.origin, url, provider)
  }
  return { provider, clock, options, another, visitor: await another() }
}
