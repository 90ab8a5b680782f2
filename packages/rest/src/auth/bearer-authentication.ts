import type { BeforeHook } from '../server/exchange.ts'
import type { RestRequest } from '../request.ts'
import { identify, type IdentifyOptions } from './identify.ts'

/** Options of {@link bearerAuthentication}. */
export type BearerOptions = IdentifyOptions

const scheme = /^bearer +/i

/**
 * A hook that validates `Authorization: Bearer …` (RFC 6750 section 2.1) and leaves who asks under `identityKey`. It
 * refuses nobody: that is up to guards such as `authenticated`, and handlers without one stay open.
 *
 * @example
 * server.before(bearerAuthentication({ validator: new OpenIDAuth('https://id.example.org', { audience: 'fruits' }) }))
 */
export function bearerAuthentication(options: BearerOptions): BeforeHook {
  const hook = (request: RestRequest) => {
    const header = request.header('authorization')
    const start = header === undefined ? null : scheme.exec(header)
    return header === undefined || start === null
      ? undefined
      : identify(request, header.slice(start[0].length), options)
  }
  return Object.assign(hook, {
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } as const },
  })
}
