import type { ContentStore } from '../../domain/files/content-store.ts'
import type { Reading, Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'
import { readDescriptions } from './read-descriptions.ts'
import { sharedRuns } from './shared-runs.ts'

/**
 * Notes that are worked off in one transaction. A deposit leaves about eight; one whose notes are in two portions is written twice.
 */
const PORTION = 600

/** Topic of objects whose description could not be read; the payload is `{ recordId }`. */
export const DESCRIPTION_MISSING = 'description-missing'

/** Brings the index up to what was committed before, as long as it is wanted; who may read what, in any case. */
export type CatchUp = (isWanted: () => boolean) => Promise<void>

/** What writing search entries needs. */
export interface IndexDeps {
  readonly unitOfWork: UnitOfWork
  readonly contents: Pick<ContentStore, 'open'>
}

/**
 * Writes the search entries that committed writes have made old, several in one go. Whoever asks while it is done shares the
 * next round with others who ask.
 */
export function catchUpIndex(
  deps: IndexDeps & { readonly reading: { readonly searchIndex: Pick<Reading['searchIndex'], 'isBehind'> } },
): CatchUp {
  return sharedRuns(async (isWanted) => {
    if (!(await deps.reading.searchIndex.isBehind())) return
    // What is noted later is for those who come later.
    let isLate = true
    while (isLate && isWanted()) {
      isLate = (await deps.unitOfWork((tx) => writePortion(tx, deps))) === PORTION
    }
    if (isLate) await deps.unitOfWork((tx) => tx.searchIndex.writeReaders())
  })
}

/** @returns how many notes there were */
async function writePortion(tx: Transaction, { contents }: IndexDeps): Promise<number> {
  const { notes, described, ...stale } = await tx.searchIndex.takeStale(PORTION)
  const descriptions = await readDescriptions(tx, contents, {
    itemIds: described,
    unreadable: (recordId) => tx.enqueue(DESCRIPTION_MISSING, { recordId }),
  })
  await tx.searchIndex.write({ ...stale, descriptions })
  return notes
}

/**
 * Reads the description of an object once more, and writes its entry with it.
 *
 * @throws what reading the description throws
 */
export function describeAgain({ unitOfWork, contents }: IndexDeps) {
  return (itemId: string): Promise<void> =>
    unitOfWork(async (tx) => {
      await tx.searchIndex.takeStale(0)
      const descriptions = await readDescriptions(tx, contents, {
        itemIds: [itemId],
        unreadable: (_itemId, error) => Promise.reject(error),
      })
      await tx.searchIndex.write({ readers: [], entries: [itemId], descriptions })
    })
}
