/** Keeps when tokens were last used. */
export interface TokenUses {
  /** Notes a use, at most once a minute a token. Nobody waits for it, and a failure is reported where failures go. */
  note(token: { readonly tokenId: string; readonly lastUsedAt: Date | null }, moment: Date): void
}
