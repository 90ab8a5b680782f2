import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as oauth from 'oauth4webapi'

/** A REST server that lets nobody in without an access token of the provider. */
export interface ProtectedApi {
  readonly address: string
  /** The tokens that were accepted, in order. */
  readonly tokens: readonly string[]
  /** Refuses this token from now on, whatever it says. */
  readonly refuse: (token: string) => void
  readonly stop: () => Promise<void>
}

/** Answers every request with the claims of its token. */
export async function startProtectedApi(provider: {
  readonly issuer: string
  readonly audience: string
}): Promise<ProtectedApi> {
  const tokens: string[] = []
  const refused = new Set<string>()
  const as = { issuer: provider.issuer, jwks_uri: `${provider.issuer}/jwks` }

  const claims = (request: IncomingMessage) =>
    oauth.validateJwtAccessToken(
      as,
      new Request('http://api', { headers: { authorization: request.headers.authorization ?? '' } }),
      provider.audience,
      { [oauth.allowInsecureRequests]: true },
    )

  const server = createServer((request, response) => {
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
    const answer = refused.has(token) ? Promise.reject(new Error('revoked')) : claims(request)
    answer.then(
      (found) => {
        tokens.push(token)
        response.setHeader('content-type', 'application/json').end(JSON.stringify(found))
      },
      (error: Error) => response.writeHead(401).end(JSON.stringify({ error: error.message })),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tokens,
    refuse: (token) => refused.add(token),
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
