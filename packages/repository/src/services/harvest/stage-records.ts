import type { Harvest } from '../../domain/harvest/harvest.ts'
import type { HarvestedItem } from '../../domain/harvest/harvest-store.ts'
import { OutsideError } from '../../domain/outside-error.ts'
import type { OpenSource } from '../../harvest/harvest-source.ts'
import type { ImportFile, ImportItem } from '../../import/import-item.ts'
import { isStaged, stageItems, type StagedItem } from '../import/stage-items.ts'
import type { HarvestDeps } from './harvest-collection.ts'
import { faultyRecord, type HarvestRow } from './harvest-row.ts'
import { arrivingMetadata, type LiveRecord } from './harvested-metadata.ts'

/** A record that is new or has changed. */
export interface WantedRecord {
  readonly record: LiveRecord
  /** The item that it was before. */
  readonly before: HarvestedItem | undefined
}

/** The same with its files in staging. */
export interface StagedRecord extends WantedRecord {
  readonly staged: StagedItem
}

/**
 * Asks for the files of records, as far as the harvest wants any, and receives them into staging.
 *
 * @returns what is there, and a row for each record whose files cannot be had
 * @throws OutsideError `OUTSIDE_UNREACHABLE` when the source is gone
 * @throws ContentStoreError, and the signal's reason
 */
export async function stageRecords(
  { contents, clock }: Pick<HarvestDeps, 'contents' | 'clock'>,
  input: {
    readonly run: Harvest
    readonly source: OpenSource
    readonly wanted: readonly WantedRecord[]
    readonly signal: AbortSignal | undefined
  },
): Promise<{ readonly staged: readonly StagedRecord[]; readonly faults: readonly HarvestRow[] }> {
  const { run, source, wanted, signal } = input
  const faults: HarvestRow[] = []
  const items: (WantedRecord & { readonly item: ImportItem })[] = []
  for (const one of wanted) {
    const { record } = one
    const files = await filesOf(record.oaiId, run, source).catch((error: unknown) => {
      if (!(error instanceof OutsideError) || error.code === 'OUTSIDE_UNREACHABLE') throw error
      faults.push(faultyRecord(record.oaiId, error.message))
      return undefined
    })
    if (files === undefined) continue
    const metadata = arrivingMetadata(record, run, clock())
    items.push({ ...one, item: { ...PLAIN, key: record.oaiId, metadata, files } })
  }
  const results = await stageItems(
    contents,
    items.map(({ item }) => item),
    signal,
  )
  const staged = items.flatMap(({ record, before }, index) => {
    const result = results[index]
    if (result === undefined) throw new Error(`${record.oaiId} was not staged`)
    if (isStaged(result)) return [{ record, before, staged: result }]
    if (result.status === 'faulty') faults.push(faultyRecord(record.oaiId, result.message))
    return []
  })
  return { staged, faults }
}

const PLAIN = { kind: 'item', handle: null, collections: [] } as const

async function filesOf(
  oaiId: string,
  { type }: Pick<Harvest, 'type'>,
  source: OpenSource,
): Promise<readonly ImportFile[]> {
  if (type === 'METADATA_ONLY') return []
  const { map, files } = await source.resources(oaiId)
  return type === 'METADATA_AND_REF' ? [map] : [map, ...files]
}
