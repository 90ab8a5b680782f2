import type { Actor } from '../../domain/access/actor.ts'
import { dayOf } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import type { TakeHarvestLock } from '../../domain/harvest/harvest-store.ts'
import type { HarvestSources, SourceRecord } from '../../harvest/harvest-source.ts'
import type { ImportDeps } from '../import/import-chunk.ts'
import { applyRecords } from './apply-records.ts'
import type { HarvestRow } from './harvest-row.ts'
import { beginRun, endRun, type Run, type RunEnd } from './harvest-run.ts'
import { requireHarvester } from './read-harvest.ts'

/** What harvesting needs. */
export interface HarvestDeps extends ImportDeps {
  readonly harvestSources: HarvestSources
  readonly takeHarvestLock: TakeHarvestLock
}

/** Whom to harvest, and how. */
export interface HarvestInput {
  readonly collectionId: string
  /** Asks for every record, not for what has changed since the last harvest alone. */
  readonly full?: boolean
  /** Ends the harvest between two commits; the next one goes on. */
  readonly signal?: AbortSignal
}

/** Records whose fate was committed together. */
export interface HarvestProgress {
  readonly rows: readonly HarvestRow[]
  /** How many records there are to come and that came, where the source says so. */
  readonly total: number | null
}

/** Records that are written by one transaction. */
const CHUNK = 50

/**
 * Harvests a collection by OAI-PMH, for those who administer it: new records become items, changed ones change theirs,
 * deleted ones take theirs away. Some are committed at a time, together with how far the harvest has come, so that it
 * can be ended at any moment. A faulty record spoils no other one.
 *
 * @returns what became of some records, after each commit
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `CONFLICT` when it is being harvested or its settings
 * are changed meanwhile
 * @throws OutsideError, ContentStoreError, and the signal's reason
 */
export function harvestCollection(deps: HarvestDeps) {
  return async function* (actor: Actor, input: HarvestInput): AsyncGenerator<HarvestProgress, void, void> {
    const { collectionId, full = false, signal } = input
    await requireHarvester(deps.reading, actor, collectionId, dayOf(deps.clock()))
    const giveBack = await deps.takeHarvestLock(collectionId)
    if (giveBack === undefined) {
      throw new DomainError('CONFLICT', `Collection ${collectionId} is being harvested`, { collectionId })
    }
    try {
      const run = await beginRun(deps, { collectionId, full })
      let end: RunEnd = { kind: 'interrupted' }
      const counts = new Map<HarvestRow['status'], number>()
      try {
        for await (const progress of harvestPages(deps, actor, run, signal)) {
          for (const { status } of progress.rows) counts.set(status, (counts.get(status) ?? 0) + 1)
          yield progress
        }
        end = { kind: 'done', message: summaryOf(counts) }
      } catch (error) {
        if (signal?.aborted !== true) end = { kind: 'failed', error }
        throw error
      } finally {
        await endRun(deps, run, end)
      }
    } finally {
      await giveBack()
    }
  }
}

async function* harvestPages(
  deps: HarvestDeps,
  actor: Actor,
  run: Run,
  signal: AbortSignal | undefined,
): AsyncGenerator<HarvestProgress, void, void> {
  const source = await deps.harvestSources.open(run, signal)
  const { token } = run.running
  for await (const page of source.pages({ moment: run.nextFrom, token })) {
    for (const records of chunksOf(page.records)) {
      signal?.throwIfAborted()
      const isLast = records.at(-1) === page.records.at(-1)
      // Until the whole page is written, a harvest that is gone on with reads it again.
      const reached = isLast ? { token: page.token, answeredAt: page.answeredAt } : undefined
      const rows = await applyRecords(deps, actor, { run, source, records, reached, signal })
      yield { rows, total: page.total }
    }
  }
}

function* chunksOf(records: readonly SourceRecord[]): Generator<readonly SourceRecord[], void, void> {
  for (let start = 0; start < records.length; start += CHUNK) yield records.slice(start, start + CHUNK)
}

function summaryOf(counts: ReadonlyMap<HarvestRow['status'], number>): string {
  const told = [...counts].filter(([status]) => status !== 'unchanged')
  if (told.length === 0) return 'There were no updates'
  return told.map(([status, count]) => `${count} ${status}`).join(', ')
}
