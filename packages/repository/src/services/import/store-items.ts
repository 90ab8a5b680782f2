import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { ContentStore } from '../../domain/files/content-store.ts'
import type { ImportedItem } from '../../domain/import/import-log.ts'
import type { NamingConfig } from '../../domain/records/identifiers.ts'
import type { Bitstream } from '../../domain/records/record.ts'
import type { Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'
import { discardUnlessCommitted } from '../files/discard-unless-committed.ts'
import { rememberGuesses } from '../files/guess-format.ts'
import { buildRecords, type ImportedRecords } from './build-records.ts'
import { checkItems, isChecked } from './check-items.ts'
import type { ImportRow } from './import-row.ts'
import type { StagedItem } from './stage-items.ts'

/** What storing items needs. */
export interface StoreItemsDeps {
  readonly unitOfWork: UnitOfWork
  readonly contents: ContentStore
  readonly clock: Clock
  readonly naming: NamingConfig
}

/** Which import items belong to. */
export interface ImportTarget {
  readonly importId: string
  /** The collection of the items that name none. */
  readonly collectionId: string | null
}

/** What became of staged items. */
export interface StoredItems {
  /** In the order of the items. */
  readonly rows: readonly ImportRow[]
  /** New files, one of each content: `keepContents` has to make their bytes permanent. */
  readonly toKeep: readonly Bitstream[]
}

/**
 * Writes items with their bundles, files and policies in one transaction, in about as many statements as one of them
 * would take, and names them in the log of their import. Left out is what an earlier run brought, and what became
 * faulty since it was checked. Staged bytes that are not needed are gone afterwards.
 */
export function storeItems(deps: StoreItemsDeps) {
  return async (actor: Actor, staged: readonly StagedItem[], target: ImportTarget): Promise<StoredItems> => {
    const names = staged.flatMap(({ files }) => files.map(({ content }) => content.stagingName))
    const stored = await discardUnlessCommitted(deps, names, (tx) => storeIn(tx, deps, actor, staged, target))
    const needed = new Set(stored.toKeep.map(({ content }) => content.stagingName))
    for (const name of names) if (!needed.has(name)) await deps.contents.discard(name)
    return stored
  }
}

async function storeIn(
  tx: Transaction,
  { clock, naming }: StoreItemsDeps,
  actor: Actor,
  staged: readonly StagedItem[],
  { importId, collectionId }: ImportTarget,
): Promise<StoredItems> {
  const now = clock()
  await tx.lock(`import ${importId}`)
  const keys = staged.map(({ item }) => item.key)
  const known = new Map((await tx.imports.known(importId, keys)).map((row) => [row.key, row]))
  const fresh = staged.filter(({ item }) => !known.has(item.key))
  const results = await checkItems(
    tx,
    actor,
    fresh.map(({ item }) => item),
    { collectionId, today: dayOf(now) },
  )
  const checked = results.filter(isChecked)
  const names = await tx.identifiers.assignMany(
    checked.map(({ item }) => (item.handle === null ? {} : { handle: item.handle })),
  )
  const formats = rememberGuesses(tx.formats)
  const records: ImportedRecords[] = []
  for (const [index, one] of checked.entries()) {
    const given = names[index]
    const files = fresh.find(({ item }) => item === one.item)?.files
    if (given === undefined || files === undefined) throw new Error(`${one.item.key} was not staged`)
    records.push(await buildRecords(one, files, { actor, names: given, now, naming, formats }))
  }
  const toKeep = await insertRecords(tx, records)
  await tx.imports.record(
    importId,
    records.map(({ key, item }) => ({ key, itemId: item.id })),
  )
  return { rows: rowsOf(staged, { known, results, records }), toKeep }
}

/**
 * Writes new items with all that belongs to them, in about as many statements as one of them would take.
 *
 * @returns new files, one of each content
 */
export async function insertRecords(
  tx: Transaction,
  records: readonly ImportedRecords[],
): Promise<readonly Bitstream[]> {
  const bundles = records.flatMap((record) => record.bundles)
  const bitstreams = records.flatMap((record) => record.bitstreams)
  const toKeep = [...new Map(bitstreams.map((bitstream) => [bitstream.content.sha256, bitstream])).values()]
  await tx.contents.registerMany(toKeep.map(({ content }) => content))
  await tx.items.insertMany(
    records.map(({ item, bitstreams: { length }, dataset }) => ({
      item,
      files: length,
      ...(dataset && { dataset }),
    })),
  )
  await tx.bundles.insertMany(bundles)
  await tx.bitstreams.insertMany(bitstreams)
  await tx.bundles.setPrimaries(bundles.filter(({ primaryBitstreamId }) => primaryBitstreamId !== null))
  await tx.policies.insert(records.flatMap(({ policies }) => policies))
  for (const { item, mappedInto } of records) {
    for (const collectionId of mappedInto) await tx.items.map(item.id, collectionId)
  }
  return toKeep
}

function rowsOf(
  staged: readonly StagedItem[],
  outcome: {
    readonly known: ReadonlyMap<string, ImportedItem>
    readonly results: readonly (ImportRow | object)[]
    readonly records: readonly ImportedRecords[]
  },
): readonly ImportRow[] {
  const rows = new Map<string, ImportRow>()
  for (const result of outcome.results) if ('status' in result) rows.set(result.key, result)
  for (const { key, item } of outcome.records) {
    rows.set(key, { status: 'imported', key, itemId: item.id, handle: item.handle })
  }
  for (const row of outcome.known.values()) rows.set(row.key, { status: 'skipped', ...row })
  return staged.flatMap(({ item }) => rows.get(item.key) ?? [])
}
