import type { UseCases } from '@hexapla/repository'
import type { RestServer } from '@hexapla/rest'
import type { SessionTokens } from '../../authn/session-tokens.ts'
import type { CallLimits } from '../limits/call-limits.ts'
import { PELE_API } from '../pele-address.ts'
import { LoginHandler } from './login-handler.ts'
import { RegisterHandler } from './register-handler.ts'
import { VerifyHandler } from './verify-handler.ts'

/** What the calls that lead to a token are made of. */
export interface PeopleRouteDeps {
  readonly useCases: UseCases
  readonly tokens: SessionTokens
  readonly limits: CallLimits
  readonly publicUrl: () => string
}

/** The calls that lead to a token. */
export function addPeopleRoutes(server: RestServer, deps: PeopleRouteDeps): void {
  const { tokens, limits, publicUrl } = deps
  const { access, people } = deps.useCases
  server.addRoute(`${PELE_API}/register`, RegisterHandler, {
    deps: { register: people.register, limits, apiUrl: () => `${publicUrl()}${PELE_API}/` },
  })
  server.addRoute(`${PELE_API}/verify`, VerifyHandler, {
    deps: { verify: people.verifyRegistration, limits },
  })
  server.addRoute(`${PELE_API}/login`, LoginHandler, { deps: { logIn: access.logIn, tokens, limits } })
}
