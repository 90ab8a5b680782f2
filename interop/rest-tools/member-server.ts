import {
  bearerAuthentication,
  authenticated,
  grantedGroupsKey,
  identityKey,
  keycloakRoleAuth,
  OpenIDAuth,
  protect,
  RestHandler,
  RestServer,
  restToolsRepresentation,
  scopeRoleAuth,
  tokenAttributeRoleMappingAuth,
} from '@hexapla/rest'

class Me extends RestHandler {
  override get() {
    const claims = this.request.state.get(identityKey)?.claims
    return { sub: claims?.['sub'], scope: claims?.['scope'], name: claims?.['preferred_username'] }
  }
}

class Groups extends RestHandler {
  override get() {
    return { groups: this.request.state.get(grantedGroupsKey) }
  }
}

/** A server of ours that takes tokens of an OpenID provider, with a guard of each kind. */
export async function startMemberServer(provider: {
  readonly issuer: string
  readonly audience: string
}): Promise<AsyncDisposable & { readonly url: string }> {
  const validator = new OpenIDAuth(provider.issuer, {
    audience: provider.audience,
    issuers: [provider.issuer],
  })
  const members = tokenAttributeRoleMappingAuth({
    roleAttributes: { member: ['groups=/.*'] },
    groupAttributes: { '\\1': ['groups=/(.*)'] },
  })
  const server = new RestServer({ errorRepresentation: restToolsRepresentation })
    .before(bearerAuthentication({ validator }))
    .addRoute('/me', protect(Me, authenticated))
    .addRoute('/readers', protect(Me, scopeRoleAuth({ prefix: 'club', roles: ['read'] })))
    .addRoute('/admins', protect(Me, keycloakRoleAuth({ roles: ['admin'] })))
    .addRoute('/groups', protect(Groups, members({ roles: ['member'] })))
  const { url } = await server.startup({ address: '127.0.0.1', port: 0 })
  return { url, [Symbol.asyncDispose]: () => server.stop() }
}
