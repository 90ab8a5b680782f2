import * as oauth from 'oauth4webapi'
import { json, startServer } from '../rest/json-server.ts'

/** A REST server that lets nobody in without an access token of the provider, and answers with the claims of that. */
export async function startProtectedApi(provider: { readonly issuer: string; readonly audience: string }) {
  const tokens: string[] = []
  const refused = new Set<string>()

  const server = await startServer(async (response, { headers: { authorization = '' } }) => {
    const token = authorization.replace(/^Bearer /, '')
    try {
      if (refused.has(token)) throw new Error('This token is refused')
      // A new object each time, so that keys are not kept.
      const as = { issuer: provider.issuer, jwks_uri: `${provider.issuer}/jwks` }
      const request = new Request('http://api', { headers: { authorization } })
      const options = { [oauth.allowInsecureRequests]: true }
      const claims = await oauth.validateJwtAccessToken(as, request, provider.audience, options)
      tokens.push(token)
      json(response, 200, claims)
    } catch (error) {
      json(response, 401, { error: String(error) })
    }
  })

  return {
    address: server.url,
    /** The tokens that were accepted, in order. */
    tokens: tokens as readonly string[],
    /** Refuses this token from now on. */
    refuse: (token: string) => void refused.add(token),
    stop: () => server[Symbol.asyncDispose](),
  }
}

export type ProtectedApi = Awaited<ReturnType<typeof startProtectedApi>>
