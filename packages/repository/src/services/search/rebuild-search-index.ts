import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { SearchEngine } from '../../domain/search/search-engine.ts'
import type { Reading, UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'
import { tellOf } from './tell-engine.ts'

/** How far the index has come. */
export interface IndexProgress {
  /** Records written so far. */
  readonly done: number
  /** Records that there were to write; one that was gone on with counts those that were left. */
  readonly total: number
}

const SETTING = 'search-rebuild'
const PORTION = 200
const WORKERS = 3

interface Deps {
  readonly reading: Pick<Reading, 'searchIndex'>
  readonly unitOfWork: UnitOfWork
  readonly clock: Clock
  /** Told of every record, too. */
  readonly engine?: SearchEngine | undefined
}

/**
 * Writes the whole search index anew, and that of another engine, for administrators. Searches and writes go on meanwhile.
 * One that was interrupted is gone on with where it was.
 *
 * @returns the progress after each portion
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `SEARCH_UNAVAILABLE`
 */
export function rebuildSearchIndex(deps: Deps) {
  return async function* (actor: Actor): AsyncGenerator<IndexProgress, void> {
    requireAdministrator(actor)
    const { reading, unitOfWork, engine } = deps
    const now = await reading.searchIndex.moment()
    const began = await unitOfWork(async (tx) => {
      await tx.lock(SETTING)
      const begun = await tx.settings.find(SETTING)
      if (typeof begun === 'string') return begun
      await tx.settings.save(SETTING, now)
      return now
    })
    yield* refreshOutdated(deps, began)
    await engine?.forgetBefore(began)
    const unused = await reading.searchIndex.unusedWords()
    await unitOfWork(async (tx) => {
      if (unused.length > 0) await tx.searchIndex.forgetWords(unused)
      const state = engine && (await tx.searchChanges.state())
      if (state !== undefined) await tx.searchChanges.save({ isFilled: true, day: state.day })
      await tx.settings.save(SETTING, null)
    })
  }
}

/** Makes the entries of records that have none: after the migration that brought the index, all of them. */
export function completeSearchIndex(deps: Omit<Deps, 'engine'>) {
  return async function* (): AsyncGenerator<IndexProgress, void> {
    const [first] = await deps.reading.searchIndex.outdated(undefined, undefined, 1)
    if (first !== undefined) yield* refreshOutdated(deps, undefined)
  }
}

/** Writes several portions at once. @returns the progress after each round of portions */
async function* refreshOutdated(
  { reading, unitOfWork, clock, engine }: Deps,
  before: string | undefined,
): AsyncGenerator<IndexProgress, void> {
  const total = await reading.searchIndex.countOutdated(before)
  let done = 0
  let last: string | undefined
  const refresh = (ids: readonly string[]): Promise<void> =>
    unitOfWork(async (tx) => {
      await tx.searchIndex.refresh(ids)
      if (engine !== undefined) await tellOf(tx, engine, { ids, today: dayOf(clock()) })
    })
  for (;;) {
    const ids = await reading.searchIndex.outdated(before, last, PORTION * WORKERS)
    last = ids.at(-1)
    if (last === undefined) return
    const size = Math.ceil(ids.length / WORKERS)
    const portions = Array.from({ length: WORKERS }, (_, index) =>
      ids.slice(index * size, (index + 1) * size),
    )
    await Promise.all(portions.map(refresh))
    done += ids.length
    yield { done, total }
  }
}

/** Whoever keeps the copy of another engine begins the whole index anew: it has none of the records. */
export function beginFilling({ reading, unitOfWork, clock }: Omit<Deps, 'engine'>) {
  return async (): Promise<void> => {
    const now = await reading.searchIndex.moment()
    await unitOfWork(async (tx) => {
      await tx.lock(SETTING)
      await tx.searchChanges.save({ isFilled: false, day: dayOf(clock()) })
      await tx.settings.save(SETTING, now)
    })
  }
}
