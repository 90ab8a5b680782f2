import proxyAddr from '@fastify/proxy-addr'

/** Says whether the proxy at `address`, `hop` steps away (0 is the peer), is believed. */
export type TrustFunction = (address: string, hop: number) => boolean

/**
 * Which proxies are believed about `X-Forwarded-*` and `X-Request-Id`: `true` for every peer, addresses or networks
 * (`10.0.0.0/8`, `loopback`, `linklocal`, `uniquelocal`) as a list or separated by commas, or a function.
 */
export type TrustProxy = boolean | string | readonly string[] | TrustFunction

/**
 * Prepares a {@link TrustProxy}; `undefined` when nobody is believed.
 *
 * @throws TypeError for an address that is none.
 */
export function trustFunction(trust: TrustProxy | undefined): TrustFunction | undefined {
  if (trust === undefined || trust === false) return undefined
  if (trust === true) return () => true
  if (typeof trust === 'function') return trust
  const networks = typeof trust === 'string' ? trust.split(',').map((part) => part.trim()) : [...trust]
  return proxyAddr.compile(networks)
}
