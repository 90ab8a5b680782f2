import type { SearchEngine } from '../../domain/search/search-engine.ts'
import type { Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'

/** Held while the engine is told: of two that tell, the one that has read later is the later one there, too. */
const LOCK = 'search-engine'
const PORTION = 1000

export interface TellingDeps {
  readonly unitOfWork: UnitOfWork
  readonly engine: SearchEngine
}

/**
 * Tells the engine of every change that is committed, and of the policies that have begun or ended by a day, `YYYY-MM-DD`.
 * What is told is found from then on. When the process dies on the way, the changes are still noted.
 *
 * @throws DomainError `SEARCH_UNAVAILABLE`
 */
export function tellEngine({ unitOfWork, engine }: TellingDeps) {
  return async (today: string): Promise<void> => {
    // What is noted later is for those who come later.
    let until: number | undefined
    for (;;) {
      const told = await unitOfWork(async (tx) => {
        await tx.lock(LOCK)
        until ??= await lastNote(tx, today)
        const { notes, ids } = await tx.searchChanges.take(PORTION, until)
        if (notes > 0) await write(tx, engine, { ids, today, counts: true })
        return notes
      })
      if (told < PORTION) return
    }
  }
}

/** The number of the last note, those of the day among them; 0 without any. */
async function lastNote(tx: Transaction, today: string): Promise<number> {
  const state = await tx.searchChanges.state()
  if (state === undefined || state.day === today) return state?.lastNote ?? 0
  await tx.searchChanges.noteTurned(state.day, today)
  await tx.searchChanges.save({ isFilled: state.isFilled, day: today })
  return (await tx.searchChanges.state())?.lastNote ?? 0
}

/** Tells the engine of these records as the transaction sees them; it may take its time to count them. */
export async function tellOf(
  tx: Transaction,
  engine: SearchEngine,
  { ids, today }: { readonly ids: readonly string[]; readonly today: string },
): Promise<void> {
  await tx.lock(LOCK)
  await tx.searchChanges.forget(ids)
  await write(tx, engine, { ids, today, counts: false })
}

async function write(
  tx: Transaction,
  engine: SearchEngine,
  { ids, today, counts }: { ids: readonly string[]; today: string; counts: boolean },
): Promise<void> {
  const entries = await tx.searchChanges.entries(ids, today)
  const found = new Set(entries.map(({ id }) => id))
  await engine.write(
    entries,
    ids.filter((id) => !found.has(id)),
    { counts },
  )
}
