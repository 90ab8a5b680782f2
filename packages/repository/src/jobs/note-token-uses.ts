import type { TokenUses } from '../domain/tokens/token-uses.ts'

const MINUTE_MS = 60_000

/** {@link TokenUses} that is ended with the repository. */
export interface TokenUseNotes extends TokenUses {
  /** Resolves when everything noted has been written. */
  settled(): Promise<void>
}

/**
 * Writes uses of tokens beside the requests that they are presented with.
 *
 * @param deps.write stores a use
 * @param deps.report told of every failure to
 */
export function noteTokenUses(deps: {
  write: (tokenId: string, moment: Date) => Promise<void>
  report: (error: unknown) => void
}): TokenUseNotes {
  const underWay = new Map<string, Promise<void>>()
  return {
    note({ tokenId, lastUsedAt }, moment) {
      const isFresh = lastUsedAt !== null && moment.getTime() - lastUsedAt.getTime() < MINUTE_MS
      // Requests that come together all read the same last use.
      if (isFresh || underWay.has(tokenId)) return
      const writing = deps
        .write(tokenId, moment)
        .catch(deps.report)
        .finally(() => underWay.delete(tokenId))
      underWay.set(tokenId, writing)
    },
    async settled() {
      await Promise.all(underWay.values())
    },
  }
}
