import type { Clock, Repository } from '@hexapla/repository'
import type { RestServer } from '@hexapla/rest'
import { addressOf } from '../address-of.ts'
import { sessionTokens } from '../authn/session-tokens.ts'
import type { OpenIdSignIn } from '../openid/openid-sign-in.ts'
import { callerKey, findCaller } from './authn/find-caller.ts'
import { allowAnyOrigin } from './http/cors.ts'
import { callLimits, unlimitedCalls } from './limits/call-limits.ts'
import { isPele, isReading } from './pele-address.ts'
import { addRoutes } from './routes.ts'

/** How the Pele dialect is set up. */
export interface PeleConfig {
  /** Address that clients know the server under, without a slash at its end; known once it listens. */
  readonly publicUrl: () => string
  readonly version: string
  /** Signs tokens: 32 bytes that all processes of the repository share. */
  readonly tokenSecret: Uint8Array
  readonly tokenLifetimeSeconds: number
  /** Whether calls take a token. */
  readonly isClosed: boolean
  /** Whether calls are counted, and refused where there are too many. */
  readonly isLimited: boolean
  /** Undefined without an OpenID provider. */
  readonly openId: OpenIdSignIn | undefined
  readonly clock: Clock
}

/** Adds the Pele dialect to a server: who asks is found out before each of its reading calls. */
export function addPeleDialect(
  server: RestServer,
  { useCases, hits }: Pick<Repository, 'useCases' | 'hits'>,
  config: PeleConfig,
): void {
  const { publicUrl, version, openId, clock, isClosed } = config
  const tokens = sessionTokens({
    secret: config.tokenSecret,
    lifetimeSeconds: config.tokenLifetimeSeconds,
    clock,
  })
  const limits = config.isLimited ? callLimits(hits, clock) : unlimitedCalls
  const callers = { ...useCases.access, tokens, openId, isClosed }

  server.before(async (request, response) => {
    const address = addressOf(request)
    if (!isPele(address)) return
    response.header('Cache-Control', 'private, no-cache')
    allowAnyOrigin(request, response)
    if (response.ended || !isReading(address) || request.method === 'OPTIONS') return
    response.append('Vary', 'X-API-KEY')
    const call = { request, response }
    const fromAddress = await limits.count('query', call, { address: request.remoteAddress })
    const caller = await findCaller(callers, request)
    request.state.set(callerKey, caller)
    if (caller.personId === null) return
    try {
      await limits.count('query', call, { person: caller.personId })
    } catch (error) {
      // What is refused to a person does not count for whoever else is at the address.
      await fromAddress.giveBack()
      throw error
    }
  })
  addRoutes(server, { useCases, tokens, limits, publicUrl, version })
}
