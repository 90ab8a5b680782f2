import type { Clock, Repository } from '@hexapla/repository'
import type { RestRequest, RestResponse, RestServer } from '@hexapla/rest'
import { addressOf } from '../address-of.ts'
import type { OpenIdSignIn } from '../openid/openid-sign-in.ts'
import { actorKey } from './authn/actor-key.ts'
import { findActor } from './authn/authentication.ts'
import { createCsrf } from './authn/csrf.ts'
import type { LoginMethods } from './authn/login-methods.ts'
import { createTokens } from './authn/tokens.ts'
import { createDocumentCache } from './hal/document-cache.ts'
import type { PageLimits } from './hal/page-request.ts'
import { allowOrigins } from './http/cors.ts'
import { LANGUAGES } from './http/languages.ts'
import { resourceTypes } from './resource-types.ts'
import { addRoutes } from './routes.ts'

/** How the DSpace dialect is set up. */
export interface DSpaceConfig {
  /** Address that clients know the server under, without a slash at its end; known once it listens. */
  readonly publicUrl: () => string
  /** Where people look at the repository. */
  readonly uiUrl: () => string
  readonly siteName: string
  readonly version: string
  readonly tokenLifetimeSeconds: number
  readonly tokenSecret: Uint8Array
  readonly loginMethods: LoginMethods
  /** Undefined without an OpenID provider. */
  readonly openId: OpenIdSignIn | undefined
  /** What all processes of the repository share, to seal sign-ins that are under way. */
  readonly signInSecret: string
  /** Origins of web pages that may use the API. */
  readonly allowedOrigins: readonly string[]
  readonly pageLimits: PageLimits
  /** The largest file that is taken, in bytes. */
  readonly maxUploadBytes: number
  readonly clock: Clock
}

/** Adds the DSpace dialect to a server: what happens before each of its requests, and its routes. */
export function addDSpaceDialect(server: RestServer, repository: Repository, config: DSpaceConfig): void {
  const { useCases } = repository
  const tokens = createTokens({
    secret: config.tokenSecret,
    lifetimeSeconds: config.tokenLifetimeSeconds,
    clock: config.clock,
  })
  const csrf = createCsrf({ secure: () => config.publicUrl().startsWith('https:') })
  const cors = allowOrigins(config.allowedOrigins)
  const { openId } = config
  const now = () => config.clock().getTime()
  const authentication = { tokens, openId, ...useCases.access }

  server.before(async (request: RestRequest, response: RestResponse) => {
    const address = addressOf(request)
    if (!isOurs(address)) return
    response.header('Content-Language', LANGUAGES).header('Cache-Control', 'private, no-cache')
    response.append('Vary', 'Authorization')
    cors(request, response)
    if (response.ended) return
    csrf.check(request, response)
    // The actuator finds out by itself: it must answer even when nobody can be recognised.
    if (address.startsWith('/server/actuator')) return
    request.state.set(actorKey, await findActor(authentication, request))
  })

  addRoutes(server, {
    hal: {
      api: () => `${config.publicUrl()}/server/api`,
      related: useCases.related,
      pageLimits: config.pageLimits,
      types: resourceTypes,
      documents: createDocumentCache(),
    },
    useCases,
    csrf,
    tokens,
    loginMethods: config.loginMethods,
    now,
    providerSessionSeconds: openId?.config.sessionSeconds ?? 0,
    oidc: openId && {
      openId,
      uiUrl: config.uiUrl,
      allowedOrigins: config.allowedOrigins,
      secret: config.signInSecret,
    },
    findActor: (request) => findActor(authentication, request),
    maxUploadBytes: config.maxUploadBytes,
    site: { name: config.siteName, version: config.version, uiUrl: config.uiUrl },
  })
}

function isOurs(address: string): boolean {
  return address === '/server' || address.startsWith('/server/')
}
