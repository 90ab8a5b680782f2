import type { Actor } from '../../domain/access/actor.ts'
import type { HarvestedItem } from '../../domain/harvest/harvest-store.ts'
import type { OpenSource, SourceRecord } from '../../harvest/harvest-source.ts'
import { keepContents } from '../files/keep-content.ts'
import type { HarvestDeps } from './harvest-collection.ts'
import { faultyRecord, type HarvestRow } from './harvest-row.ts'
import type { Run } from './harvest-run.ts'
import { digestOf } from './harvested-metadata.ts'
import { stageRecords, type WantedRecord } from './stage-records.ts'
import { writeRecords, type Reached } from './write-records.ts'

/** Some records of a run. */
export interface RecordChunk {
  readonly run: Run
  readonly source: OpenSource
  readonly records: readonly SourceRecord[]
  /** How far the run is once they are written; undefined when it is no further. */
  readonly reached: Reached | undefined
  readonly signal: AbortSignal | undefined
}

/**
 * Brings some records into the repository: fetches the files of those that have changed, then writes them together in
 * one transaction.
 *
 * @returns a row for each record
 */
export async function applyRecords(
  deps: HarvestDeps,
  actor: Actor,
  { run, source, records, reached, signal }: RecordChunk,
): Promise<readonly HarvestRow[]> {
  const oaiIds = records.map(({ oaiId }) => oaiId)
  const known = await deps.reading.harvests.known(run.collectionId, oaiIds)
  const rows: HarvestRow[] = []
  const wanted: WantedRecord[] = []
  const deleted: HarvestedItem[] = []
  for (const record of newestOfEach(records)) {
    const before = known.get(record.oaiId)
    if (record.kind === 'faulty') {
      rows.push(faultyRecord(record.oaiId, record.message))
    } else if (record.kind === 'deleted') {
      if (before === undefined) rows.push({ status: 'deleted', oaiId: record.oaiId, itemId: null })
      else deleted.push(before)
    } else if (before?.digest === digestOf(record, run)) {
      rows.push({ status: 'unchanged', oaiId: record.oaiId, itemId: before.itemId })
    } else {
      wanted.push({ record, before })
    }
  }
  const { staged, faults } = await stageRecords(deps, { run, source, wanted, signal })
  rows.push(...faults)
  const faulty = rows.filter(({ status }) => status === 'faulty').length
  const written = await writeRecords(deps, actor, { run, staged, deleted, reached, faulty })
  await keepContents(deps, written.toKeep)
  return [...rows, ...written.rows]
}

/** A list may have a record twice that was changed meanwhile: the last one says how it is now. */
function newestOfEach(records: readonly SourceRecord[]): readonly SourceRecord[] {
  const newest = new Map(records.map((record) => [record.oaiId, record]))
  return records.filter((record) => record.kind === 'faulty' || newest.get(record.oaiId) === record)
}
