import type { Reading, UnitOfWork } from '../../domain/unit-of-work.ts'
import { sharedRuns } from './shared-runs.ts'

/** Notes that are worked off in one transaction. */
const PORTION = 200

/** Brings the index up to what was committed before, as long as it is wanted. */
export type CatchUp = (isWanted: () => boolean) => Promise<void>

/**
 * Writes the search entries that committed writes have made old, several in one go. Whoever asks while it is done shares the
 * next round with others who ask.
 */
export function catchUpIndex({
  reading,
  unitOfWork,
}: {
  readonly reading: Pick<Reading, 'searchIndex'>
  readonly unitOfWork: UnitOfWork
}): CatchUp {
  return sharedRuns(async (isWanted) => {
    if (!(await reading.searchIndex.isBehind())) return
    // What is noted later is for those who come later.
    while (isWanted() && (await unitOfWork((tx) => tx.searchIndex.catchUp(PORTION))) === PORTION);
  })
}
