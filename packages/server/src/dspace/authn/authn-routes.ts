import type { Identity, UseCases } from '@hexapla/repository'
import type { OpenIdLogin, RestServer } from '@hexapla/rest'
import type { HalDeps } from '../hal/hal-handler.ts'
import { SearchMethodsHandler } from '../hal/search-methods-handler.ts'
import {
  ApiTokenHandler,
  ApiTokensHandler,
  ApiTokensOfPersonHandler,
  TOKEN_SEARCHES,
} from './api-token-handlers.ts'
import {
  AuthnHandler,
  CsrfHandler,
  LoginHandler,
  LogoutHandler,
  ShortLivedTokenHandler,
  SpecialGroupsHandler,
  StatusHandler,
  type AuthnDeps,
} from './authn-handlers.ts'
import { OidcHandler } from './oidc-handler.ts'
import { oidcLogin, type OidcLoginDeps } from './oidc-login.ts'

/** What the routes of signing in are made of. */
export interface AuthnRouteDeps extends Pick<
  AuthnDeps,
  'csrf' | 'tokens' | 'loginMethods' | 'providerSessionSeconds' | 'now'
> {
  readonly hal: HalDeps
  readonly useCases: UseCases
  /** Undefined without an OpenID provider. */
  readonly oidc:
    | (Pick<OidcLoginDeps, 'openId' | 'allowedOrigins' | 'secret'> & { readonly uiUrl: () => string })
    | undefined
}

/** Every address of signing in and out, and of tokens. */
export function addAuthnRoutes(server: RestServer, api: string, deps: AuthnRouteDeps): void {
  const { hal, csrf, tokens, loginMethods, oidc, providerSessionSeconds, now } = deps
  const { logIn, logOut, signIn } = deps.useCases.access
  const session = { csrf, tokens, loginMethods, providerSessionSeconds, now, logIn, logOut }
  const signInIdentity = oidc && ((identity: Identity) => signIn(identity, oidc.openId.rules))
  const authn = { deps: { ...hal, ...session, signInIdentity } }
  server.addRoute(`${api}/security/csrf`, CsrfHandler, authn)
  server.addRoute(`${api}/authn`, AuthnHandler, authn)
  server.addRoute(`${api}/authn/login`, LoginHandler, authn)
  server.addRoute(`${api}/authn/logout`, LogoutHandler, authn)
  server.addRoute(`${api}/authn/status`, StatusHandler, authn)
  server.addRoute(`${api}/authn/status/specialGroups`, SpecialGroupsHandler, authn)
  server.addRoute(`${api}/authn/shortlivedtokens`, ShortLivedTokenHandler, authn)
  if (oidc !== undefined && signInIdentity !== undefined) {
    let login: OpenIdLogin | undefined
    // The addresses are known once the server listens.
    const begin = () =>
      oidcLogin({ ...oidc, signInIdentity, tokens, now, api: hal.api(), uiUrl: oidc.uiUrl() })
    server.addRoute(`${api}/authn/oidc`, OidcHandler, { deps: { login: () => (login ??= begin()) } })
  }

  const apiTokens = { deps: { ...hal, apiTokens: deps.useCases.tokens } }
  server.addRoute(`${api}/authn/tokens`, ApiTokensHandler, apiTokens)
  server.addRoute(`${api}/authn/tokens/search`, SearchMethodsHandler, {
    deps: { ...hal, methods: TOKEN_SEARCHES },
  })
  server.addRoute(`${api}/authn/tokens/search/byEPerson`, ApiTokensOfPersonHandler, apiTokens)
  server.addRoute(`${api}/authn/tokens/:id`, ApiTokenHandler, apiTokens)
}
