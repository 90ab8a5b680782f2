import type { IssuedTokens } from './issued-tokens.ts'
import { OpenIDError } from './openid-error.ts'
import type { OpenIDProvider } from './openid-provider.ts'
import type { RefreshTokenStore } from './refresh-token-store.ts'

/** Called with new tokens before they are used, whenever a refresh token is among them. What it throws, the request throws. */
export type UpdateFunction = (accessToken: string, refreshToken: string) => void | Promise<void>

/**
 * Obtains tokens with the refresh token of a store; where there is none, or it is refused, by a login.
 *
 * @param deps.login without it, only the refresh token helps
 * @throws {OpenIDError} `login_required` when there is no refresh token, or it ended, and no login
 */
export function refreshedTokens(deps: {
  readonly provider: OpenIDProvider
  readonly store: RefreshTokenStore
  readonly login?: () => Promise<IssuedTokens>
  readonly update: UpdateFunction | undefined
  /** Ends waiting for the store. */
  readonly signal: AbortSignal
}): () => Promise<IssuedTokens> {
  const { provider, store, login, update, signal } = deps
  // A token that was refused once is not sent again.
  let refused: { readonly token: string; readonly error: OpenIDError } | undefined

  const refresh = async (token: string | undefined): Promise<IssuedTokens> => {
    if (token === undefined || token === '')
      throw new OpenIDError('login_required', 'There is no refresh token')
    if (refused?.token === token) throw refused.error
    try {
      return await provider.refresh(token)
    } catch (error) {
      if (!(error instanceof OpenIDError) || error.error !== 'invalid_grant') throw error
      refused = { token, error: ended(error) }
      throw refused.error
    }
  }

  return async () => {
    const tokens = await store.exchange(
      (token) =>
        refresh(token).catch((error: unknown) => {
          if (login !== undefined && error instanceof OpenIDError && error.code === 'login_required')
            return login()
          throw error
        }),
      signal,
    )
    if (tokens.refreshToken !== undefined) await update?.(tokens.accessToken, tokens.refreshToken)
    return tokens
  }
}

// RFC 6749 section 5.2, invalid_grant: "invalid, expired, revoked", or issued to another client.
function ended({ error, errorDescription, status, cause }: OpenIDError): OpenIDError {
  const because = errorDescription === undefined ? '' : `: ${errorDescription}`
  const answer = { error, errorDescription, status }
  return new OpenIDError('login_required', `The login has ended${because}`, answer, { cause })
}
