import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import type { ImportFault, ImportItem } from '../../import/import-item.ts'
import { keepContents } from '../files/keep-content.ts'
import { checkItems } from './check-items.ts'
import { faultyRow, type ImportRow } from './import-row.ts'
import { discardStaged, isStaged, stageItems, type StagedItem } from './stage-items.ts'
import { storeItems, type StoreItemsDeps } from './store-items.ts'

/** How to import. */
export interface ImportOptions {
  /** Names the import for ever: items that an import of this name has brought are not brought again. */
  readonly importId: string
  /** uuid or handle of the collection for items that name none; without one, such items are faulty. */
  readonly collection?: string
  /** Items that are committed together, 50 without it; large files make it fewer. */
  readonly chunkSize?: number
  /** Only says what would be imported, and reads every file to its end. */
  readonly dryRun?: boolean
  /** What to do at a faulty item: leave it out and go on, or end the import behind what came before it (default `skip`). */
  readonly onFault?: 'skip' | 'stop'
  /** Whether an item is already known elsewhere to have been imported: by a map file. */
  readonly isImported?: (key: string) => boolean
  /** Ends the import between two commits; what was committed stays. */
  readonly signal?: AbortSignal
}

/** What importing needs. */
export interface ImportDeps extends StoreItemsDeps {
  readonly reading: Reading
  readonly clock: Clock
}

/** One item of a chunk on its way: it has a row as soon as it is clear what became of it. */
interface Entry {
  readonly item: ImportItem | null
  readonly row: ImportRow | null
  readonly staged: StagedItem | null
}

/** A chunk about which everything is known but whether it can be committed. */
export interface PreparedChunk {
  /** Writes it; a row for each item in order, those behind a fault that ends the import have none. */
  readonly commit: () => Promise<readonly ImportRow[]>
  /** Gives its staged files up, in place of `commit`. */
  readonly discard: () => Promise<void>
}

/** Imports some items together: checks them and stages their files first, so that another chunk can be written meanwhile. */
export function prepareChunk(
  deps: ImportDeps,
  actor: Actor,
  options: ImportOptions & { readonly collectionId: string | null },
) {
  const { importId, collectionId, signal } = options
  const cut = (entries: readonly Entry[]): readonly Entry[] => {
    const fault = options.onFault === 'stop' ? entries.findIndex(({ row }) => row?.status === 'faulty') : -1
    return fault === -1 ? entries : entries.slice(0, fault + 1)
  }
  const check = async (items: readonly ImportItem[]): Promise<readonly Partial<Entry>[]> => {
    const today = dayOf(deps.clock())
    const results = await checkItems(deps.reading, actor, items, { collectionId, today })
    return results.map((result) => ('status' in result ? { row: result } : {}))
  }
  const stage = async (items: readonly ImportItem[]): Promise<readonly Partial<Entry>[]> => {
    const results = await stageItems(deps.contents, items, signal)
    return results.map((result) => (isStaged(result) ? { staged: result } : { row: result }))
  }
  const store = async (entries: readonly Entry[]): Promise<readonly ImportRow[]> => {
    const staged = stagedOf(entries)
    if (staged.length === 0) return rowsOf(entries)
    const { rows, toKeep } = await storeItems(deps)(actor, staged, { importId, collectionId })
    await keepContents(
      deps,
      toKeep.map(({ content }) => content),
    )
    return rowsOf(await step(entries, async () => rows.map((row) => ({ row }))))
  }

  return async (chunk: readonly (ImportItem | ImportFault)[]): Promise<PreparedChunk> => {
    signal?.throwIfAborted()
    const begun = cut(withoutRepeats(chunk))
    const unknown = await step(begun, (items) => findImported(deps, items, options))
    const sound = cut(await step(unknown, check))
    const received = await step(sound, stage)
    const wanted = cut(received)
    await discardStaged(deps.contents, stagedOf(received.slice(wanted.length)))
    const discard = () => discardStaged(deps.contents, stagedOf(wanted))
    if (options.dryRun !== true) return { commit: () => store(wanted), discard }
    await discard()
    const valid = await step(wanted, async (items) =>
      items.map(({ key }) => ({ row: { status: 'valid', key } })),
    )
    return { commit: async () => rowsOf(valid), discard }
  }
}

/** Takes the items of which nothing is decided yet one step further; `work` answers for each of them, in order. */
async function step(
  entries: readonly Entry[],
  work: (items: readonly ImportItem[]) => Promise<readonly Partial<Entry>[]>,
): Promise<readonly Entry[]> {
  const items = entries.flatMap(({ item, row }) => (item === null || row !== null ? [] : [item]))
  const results = items.length === 0 ? [] : await work(items)
  const answers = new Map(items.map((item, index) => [item, results[index]]))
  return entries.map((entry) => ({ ...entry, ...(entry.item === null ? {} : answers.get(entry.item)) }))
}

/** A key names one item: a second one of the same key would be lost when the import is resumed. */
function withoutRepeats(chunk: readonly (ImportItem | ImportFault)[]): readonly Entry[] {
  const keys = new Set<string>()
  return chunk.map((found) => {
    const { key } = found
    if (found.kind === 'fault') return { item: null, row: faultyRow(key, found.message, found), staged: null }
    const row = keys.has(key) ? faultyRow(key, `there are several items ${key}`) : null
    keys.add(key)
    return { item: found, row, staged: null }
  })
}

async function findImported(
  { reading }: ImportDeps,
  items: readonly ImportItem[],
  { importId, isImported }: ImportOptions,
): Promise<readonly Partial<Entry>[]> {
  const keys = items.map(({ key }) => key)
  const known = new Map((await reading.imports.known(importId, keys)).map((row) => [row.key, row]))
  return keys.map((key) => {
    const row = known.get(key)
    if (row !== undefined) return { row: { status: 'skipped', ...row } }
    return isImported?.(key) === true ? { row: { status: 'skipped', key, itemId: null, handle: null } } : {}
  })
}

function stagedOf(entries: readonly Entry[]): readonly StagedItem[] {
  return entries.flatMap(({ staged }) => staged ?? [])
}

function rowsOf(entries: readonly Entry[]): readonly ImportRow[] {
  return entries.flatMap(({ row }) => row ?? [])
}
