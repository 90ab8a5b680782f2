import { SYSTEM_ACTOR } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { beginFilling, rebuildSearchIndex, type IndexProgress } from './rebuild-search-index.ts'
import { tellEngine, type TellingDeps } from './tell-engine.ts'

interface Deps extends TellingDeps {
  readonly reading: Pick<Reading, 'searchIndex' | 'searchChanges'>
  readonly clock: Clock
  /** Told how the filling of an engine goes that is new. */
  readonly onProgress: (progress: IndexProgress) => void
  /** Told when it has every record. */
  readonly onFilled: () => void
}

/**
 * Brings the engine's copy of the index up to date: the first time every record, then what has changed. One that has lost its
 * records is filled again.
 *
 * @returns a function that does so while it is wanted; what it leaves, the next call goes on with
 * @throws DomainError `SEARCH_UNAVAILABLE`
 */
export function keepEngine(deps: Deps): (isWanted: () => boolean) => Promise<void> {
  const tell = tellEngine(deps)
  let isKnown = false
  return async (isWanted) => {
    const state = await deps.reading.searchChanges.state()
    const isEmpty = !isKnown && (await deps.engine.isEmpty())
    isKnown = true
    if (state === undefined || isEmpty) await beginFilling(deps)()
    if (state?.isFilled !== true || isEmpty) {
      for await (const progress of rebuildSearchIndex(deps)(SYSTEM_ACTOR)) {
        deps.onProgress(progress)
        if (!isWanted()) return
      }
      deps.onFilled()
    }
    await tell(dayOf(deps.clock()))
  }
}
