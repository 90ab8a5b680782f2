import type { Clock, Repository } from '@hexapla/repository'
import type { RestServer } from '@hexapla/rest'
import { addressOf } from '../address-of.ts'
import type { OpenIdSignIn } from '../openid/openid-sign-in.ts'
import { callerKey, findCaller } from './authn/find-caller.ts'
import { sessionCookies } from './authn/session-cookie.ts'
import { requireOpenObject } from './http/open-namespaces.ts'
import { addRoutes, type RouteDeps } from './routes.ts'

/** How the Islandora dialect is set up. */
export interface IslandoraConfig {
  /** Address that clients know the server under, without a slash at its end; known once it listens. */
  readonly publicUrl: () => string
  /** Signs session cookies: 32 bytes that all processes of the repository share. */
  readonly cookieSecret: Uint8Array
  /** Undefined without an OpenID provider. */
  readonly openId: OpenIdSignIn | undefined
  /** Origins of other web pages that may use the API. */
  readonly allowedOrigins: readonly string[]
  /** The largest file that is taken, in bytes. */
  readonly maxUploadBytes: number
  /** The namespaces of pids that the dialect is about; empty for all. */
  readonly namespaces: readonly string[]
  readonly site: RouteDeps['site']
  readonly clock: Clock
}

/** Adds the Islandora dialect to a server: who asks is found out before each of its requests. */
export function addIslandoraDialect(
  server: RestServer,
  { useCases }: Pick<Repository, 'useCases'>,
  config: IslandoraConfig,
): void {
  const { publicUrl, openId, clock, maxUploadBytes, namespaces, site } = config
  const cookies = sessionCookies({ secret: config.cookieSecret, clock })
  // Made once requests come, when the address is known.
  let known: ReadonlySet<string> | undefined
  const origins = () => (known ??= new Set([new URL(publicUrl()).origin, ...config.allowedOrigins]))
  const deps = { ...useCases.access, cookies, openId, origins, readPerson: useCases.people.read }

  server.before(async (request, response) => {
    const address = addressOf(request)
    if (!isIslandora(address)) return
    response.header('Cache-Control', 'private, no-cache')
    if (isSignIn(address)) return
    response.append('Vary', 'Authorization, Cookie, X-Authorization-User')
    request.state.set(callerKey, await findCaller(deps, request))
    const { pid } = request.params
    if (pid !== undefined) requireOpenObject(namespaces, pid)
  })
  const login = { cookies, origins, publicUrl, logIn: useCases.access.logIn }
  addRoutes(server, { useCases, login, maxUploadBytes, namespaces, publicUrl, site })
}

/** Whether an address is one of this dialect. */
export function isIslandora(address: string): boolean {
  return isSignIn(address) || address.startsWith('/islandora/')
}

function isSignIn(address: string): boolean {
  return /^\/user\/log(?:in|out)\/?$/.test(address)
}
