import { LoginError } from '../errors.ts'
import { abortable } from '../pipeline/abortable.ts'
import type { Clock } from '../pipeline/clock.ts'
import { singleFlight } from '../pipeline/single-flight.ts'
import type { Auth } from './auth.ts'
import { tokenExpiry } from './token-expiry.ts'

// A token may take this long to arrive.
const marginMs = 5000

/**
 * Gives an access token.
 *
 * @param refused the token that the server refused with 401, so that the same is not given again
 */
export type TokenFunction = (refused: string | undefined) => string | Promise<string>

/**
 * {@link Auth} by a bearer token (RFC 6750). A function is asked for one when there is none, when the one it gave ends
 * within five seconds or was refused, and for every request when it gives tokens that tell no end; however many requests
 * wait, it runs once. The abort of a request that waits does not end it.
 *
 * @param deps.prefix what stands before the token, `Bearer ` without it
 * @param deps.lasting tokens that tell no end are kept until they are refused
 * @throws {LoginError} `credentials_missing` for an empty token, also later, when the function gives one
 */
export function tokenAuth(deps: {
  readonly token: string | TokenFunction
  readonly clock: Clock
  readonly prefix?: string
  readonly lasting?: boolean
}): Auth {
  const { token, clock, prefix = 'Bearer ', lasting = false } = deps
  if (typeof token === 'string') {
    const authorization = prefix + checked(token)
    return { authorization: () => Promise.resolve(authorization), refused: () => undefined }
  }

  let held: { readonly authorization: string; readonly until: number } | undefined
  let refused: string | undefined
  const ask = singleFlight(async () => {
    const given = await token(refused)
    refused = undefined
    const end = tokenExpiry(given) ?? (lasting ? Infinity : 0)
    held = { authorization: prefix + checked(given), until: end - marginMs }
    return held.authorization
  })

  return {
    async authorization({ signal }) {
      signal?.throwIfAborted()
      return held !== undefined && clock.now() <= held.until ? held.authorization : abortable(ask(), signal)
    },
    refused(authorization) {
      if (authorization !== held?.authorization) return
      held = undefined
      refused = authorization.slice(prefix.length)
    },
  }
}

function checked(token: string): string {
  if (token.trim() === '') throw new LoginError('credentials_missing', 'The token must not be empty')
  return token.trim()
}
