/** Where a refresh token lies, which may be shared with others. */
export interface RefreshTokenStore {
  /**
   * Hands over the token as it is now, nobody else having it at the same time, and keeps the one that comes back.
   *
   * @param work gives the new token, or `undefined` to leave the old one
   * @param signal ends waiting for the token, not the work
   */
  readonly exchange: <T extends { readonly refreshToken: string | undefined }>(
    work: (refreshToken: string | undefined) => Promise<T>,
    signal: AbortSignal,
  ) => Promise<T>
}

/** Keeps a refresh token in this object alone. */
export function refreshTokenHolder(initial: string | undefined): RefreshTokenStore {
  let held = initial
  return {
    async exchange(work) {
      const exchanged = await work(held)
      held = exchanged.refreshToken ?? held
      return exchanged
    },
  }
}
