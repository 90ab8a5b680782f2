import { createLocalJWKSet, type JWK, jwtVerify } from 'jose'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TestAccount } from './provider-options.ts'

/**
 * Answers userinfo requests that come with one of our JWTs, as Keycloak does; `oidc-provider` itself takes only opaque
 * tokens there.
 *
 * @returns whether the request was answered here
 */
export async function answerUserinfo(
  request: IncomingMessage,
  response: ServerResponse,
  deps: { readonly keys: readonly JWK[]; readonly issuer: string; readonly accounts: readonly TestAccount[] },
): Promise<boolean> {
  const token = /^Bearer ([^.]+\.[^.]+\.[^.]+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (token === undefined) return false
  const keys = createLocalJWKSet({
    keys: deps.keys.map(({ d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...key }) => key),
  })
  try {
    const { payload } = await jwtVerify(token, keys, { issuer: deps.issuer })
    const account = deps.accounts.find(({ sub }) => sub === payload.sub)
    if (account === undefined) throw new Error('No account has this token')
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(account))
  } catch {
    response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end()
  }
  return true
}
