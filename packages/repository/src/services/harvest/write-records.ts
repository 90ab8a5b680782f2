import type { Actor } from '../../domain/access/actor.ts'
import { allows } from '../../domain/access/allows.ts'
import { dayOf } from '../../domain/clock.ts'
import type { HarvestedItem } from '../../domain/harvest/harvest-store.ts'
import type { StoredContent } from '../../domain/records/record.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { discardUnlessCommitted } from '../files/discard-unless-committed.ts'
import { buildRecords, type ImportedRecords } from '../import/build-records.ts'
import { checkItems, isChecked, type CheckedItem } from '../import/check-items.ts'
import type { StagedItem } from '../import/stage-items.ts'
import { rememberGuesses } from '../files/guess-format.ts'
import { insertRecords } from '../import/store-items.ts'
import { detachItems } from '../relationships/detach-items.ts'
import { changeHarvestedItem } from './change-harvested-item.ts'
import type { HarvestDeps } from './harvest-collection.ts'
import { faultyRecord, type HarvestRow } from './harvest-row.ts'
import { requireRun, type Run } from './harvest-run.ts'
import { digestOf } from './harvested-metadata.ts'
import type { StagedRecord } from './stage-records.ts'

/** How far a run has come. */
export interface Reached {
  readonly token: string | null
  /** When the source answered, by its clock. */
  readonly answeredAt: Date
}

interface RecordsToWrite {
  readonly run: Run
  readonly staged: readonly StagedRecord[]
  /** Items whose records are deleted. */
  readonly deleted: readonly HarvestedItem[]
  readonly reached: Reached | undefined
  /** How many records of the chunk were left out already. */
  readonly faulty: number
}

interface WrittenRecords {
  readonly rows: readonly HarvestRow[]
  /** What `keepContents` has to make permanent, one of each content. */
  readonly toKeep: readonly StoredContent[]
}

/** A record about which nothing is wrong. */
type CheckedRecord = StagedRecord & { readonly checked: CheckedItem }

/**
 * Writes records and how far the run has come in one transaction. Staged bytes that are not needed are gone afterwards.
 *
 * @throws DomainError `CONFLICT` when the settings were changed
 */
export async function writeRecords(
  deps: HarvestDeps,
  actor: Actor,
  input: RecordsToWrite,
): Promise<WrittenRecords> {
  const names = input.staged.flatMap(({ staged }) => staged.files.map(({ content }) => content.stagingName))
  const written = await discardUnlessCommitted(deps, names, (tx) => writeIn(tx, deps, actor, input))
  const needed = new Set(written.toKeep.map(({ stagingName }) => stagingName))
  for (const name of names) if (!needed.has(name)) await deps.contents.discard(name)
  return written
}

async function writeIn(
  tx: Transaction,
  deps: HarvestDeps,
  actor: Actor,
  input: RecordsToWrite,
): Promise<WrittenRecords> {
  const run = await requireRun(tx, input.run)
  const { sound, faults } = await check(tx, deps, actor, input)
  const changing = sound.filter(isKnown)
  // Before any record is locked; of a content that comes twice, what new items bring counts.
  const replacing = contentsOf(changing.map(({ staged }) => staged))
  await tx.contents.registerMany([...replacing.values()])
  const created = await create(
    tx,
    deps,
    actor,
    sound.filter((one) => !isKnown(one)),
  )
  const rows: HarvestRow[] = [...faults, ...created.rows]
  for (const { record, before, staged } of changing) {
    rows.push(await changeHarvestedItem(tx, deps, actor, { run, record, itemId: before.itemId, staged }))
  }
  for (const item of input.deleted) rows.push(await remove(tx, deps, actor, item))
  await tx.harvests.record(run.collectionId, writtenItems(rows, sound, run))
  const faulty = rows.filter(({ status }) => status === 'faulty').length + input.faulty
  const running = { ...run.running, faulty: run.running.faulty + faulty }
  const { reached } = input
  await tx.harvests.save({
    ...run,
    running:
      reached === undefined
        ? running
        : { ...running, token: reached.token, answeredAt: running.answeredAt ?? reached.answeredAt },
  })
  const toKeep = new Map([
    ...replacing,
    ...created.toKeep.map((content) => [content.sha256, content] as const),
  ])
  return { rows, toKeep: [...toKeep.values()] }
}

async function check(
  tx: Transaction,
  { clock }: HarvestDeps,
  actor: Actor,
  { run, staged }: RecordsToWrite,
): Promise<{ readonly sound: readonly CheckedRecord[]; readonly faults: readonly HarvestRow[] }> {
  const items = staged.map(({ staged: { item } }) => item)
  const results = await checkItems(tx, actor, items, {
    collectionId: run.collectionId,
    today: dayOf(clock()),
  })
  const sound: CheckedRecord[] = []
  const faults: HarvestRow[] = []
  for (const [index, one] of staged.entries()) {
    const result = results[index]
    if (result === undefined) throw new Error(`${one.record.oaiId} was not checked`)
    if (isChecked(result)) sound.push({ ...one, checked: result })
    else if (result.status === 'faulty') faults.push(faultyRecord(one.record.oaiId, result.message))
  }
  return { sound, faults }
}

async function create(
  tx: Transaction,
  { clock, naming }: HarvestDeps,
  actor: Actor,
  fresh: readonly CheckedRecord[],
): Promise<WrittenRecords> {
  const names = await tx.identifiers.assignMany(fresh.map(() => ({})))
  const formats = rememberGuesses(tx.formats)
  const records: ImportedRecords[] = []
  for (const [index, { checked, staged }] of fresh.entries()) {
    const given = names[index]
    if (given === undefined) throw new Error(`${checked.item.key} has no names`)
    const context = { actor, names: given, now: clock(), naming, formats }
    records.push(await buildRecords(checked, staged.files, context))
  }
  const files = await insertRecords(tx, records)
  const rows = records.map(({ key, item }) => ({
    status: 'created' as const,
    oaiId: key,
    itemId: item.id,
  }))
  return { rows, toKeep: files.map(({ content }) => content) }
}

async function remove(
  tx: Transaction,
  { clock }: HarvestDeps,
  actor: Actor,
  { oaiId, itemId }: HarvestedItem,
): Promise<HarvestRow> {
  const now = clock()
  const found = await tx.items.find(itemId)
  if (found !== undefined) {
    if (!allows(actor, 'DELETE', found.access, dayOf(now))) {
      return faultyRecord(oaiId, `you may not delete item ${itemId}`)
    }
    await detachItems(tx, actor, { recordId: itemId, keep: 'none', now })
    await tx.items.delete(itemId)
  }
  return { status: 'deleted', oaiId, itemId }
}

function writtenItems(
  rows: readonly HarvestRow[],
  sound: readonly StagedRecord[],
  run: Run,
): readonly HarvestedItem[] {
  const digests = new Map(sound.map(({ record }) => [record.oaiId, digestOf(record, run)]))
  return rows.flatMap((row) => {
    if (row.status !== 'created' && row.status !== 'updated') return []
    return [{ oaiId: row.oaiId, itemId: row.itemId, digest: digests.get(row.oaiId) ?? '' }]
  })
}

function isKnown<T extends StagedRecord>(one: T): one is T & { readonly before: HarvestedItem } {
  return one.before !== undefined
}

function contentsOf(staged: readonly StagedItem[]): ReadonlyMap<string, StoredContent> {
  const contents = staged.flatMap(({ files }) =>
    files.map(({ content: { head: _head, ...stored } }) => stored),
  )
  return new Map(contents.map((content) => [content.sha256, content]))
}
