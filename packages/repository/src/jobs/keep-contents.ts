import { setTimeout as sleep } from 'node:timers/promises'
import type { ContentKeeper } from '../domain/files/content-keeper.ts'
import type { StoredContent } from '../domain/records/record.ts'
import { keepContents, type KeepContentDeps } from '../services/files/keep-content.ts'

/** Contents that come within so many milliseconds are kept together: in one transaction, with one sync of a directory. */
const GATHER_MS = 3000
const MOST_AT_ONCE = 1024
/** Senders wait when more than so many are waiting: a start after a crash has no more than these to put in order. */
const MOST_WAITING = 2048

/** A {@link ContentKeeper} that is ended with the repository. */
export interface ContentKeeping extends ContentKeeper {
  /** Keeps at once what was taken over; resolves when it is permanent. */
  settled(): Promise<void>
}

/**
 * Keeps contents beside the requests that brought them, several at a time.
 *
 * @param deps.report told of every failure: what failed stays in staging until the next start
 */
export function keepContentsBeside(
  deps: KeepContentDeps & { readonly report: (error: unknown) => void },
): ContentKeeping {
  const waiting: StoredContent[] = []
  let working: Promise<void> | undefined
  let hurry = new AbortController()

  async function work(): Promise<void> {
    await sleep(GATHER_MS, undefined, { signal: hurry.signal }).catch(() => undefined)
    hurry = new AbortController()
    while (waiting.length > 0) await keepContents(deps, takeBatch(waiting)).catch(deps.report)
    working = undefined
  }

  return {
    async keep(content) {
      waiting.push(content)
      working ??= work()
      if (waiting.length > MOST_WAITING) await working
    },
    async settled() {
      // Whatever comes later gathers again.
      if (working !== undefined) hurry.abort()
      await working
    },
  }
}

/** Takes the first ones away, up to one of bytes that are among them already. */
function takeBatch(waiting: StoredContent[]): readonly StoredContent[] {
  const digests = new Set<string>()
  let count = 0
  for (const { sha256 } of waiting.slice(0, MOST_AT_ONCE)) {
    if (digests.has(sha256)) break
    digests.add(sha256)
    count += 1
  }
  return waiting.splice(0, count)
}
