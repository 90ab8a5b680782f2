import type { ContentStore, StagedContent } from '../../domain/files/content-store.ts'
import type { ImportFile, ImportItem } from '../../import/import-item.ts'
import { faultOf } from '../../import/import-item.ts'
import { stageFile } from '../files/stage-file.ts'
import { faultyRow, type ImportRow } from './import-row.ts'

/** A file whose bytes are in staging. */
export interface StagedFile {
  readonly file: ImportFile
  readonly content: StagedContent
  /** Counts the item's files. */
  readonly place: number
}

/** An item all of whose files are in staging, in their order. */
export interface StagedItem {
  readonly item: ImportItem
  readonly files: readonly StagedFile[]
}

/** Files received at the same time: enough to keep a disk's queue busy, few enough for its file handles. */
const PARALLEL = 16

/**
 * Receives the files of several items into staging, many at a time. An item with a file that cannot be read leaves
 * nothing there.
 *
 * @returns for each item, in order, what was staged or the row that says what is wrong
 * @throws ContentStoreError, the signal's reason, and whatever is none of the source's making; nothing is left then
 */
export async function stageItems(
  contents: ContentStore,
  items: readonly ImportItem[],
  signal: AbortSignal | undefined,
): Promise<readonly (StagedItem | ImportRow)[]> {
  const places = items.flatMap((item, index) =>
    item.files.map((file, place) => ({ item, index, file, place })),
  )
  const staged = items.map((): StagedFile[] => [])
  const faults = new Map<number, ImportRow>()
  try {
    await inParallel(places, PARALLEL, async ({ item, index, file, place }) => {
      signal?.throwIfAborted()
      if (faults.has(index)) return
      try {
        const content = await stageFile(contents, { source: await file.open(), ...(signal && { signal }) })
        staged[index]?.push({ file, content, place })
      } catch (error) {
        const fault = faultOf(item.key, error)
        if (fault === null) throw error
        faults.set(index, faultyRow(item.key, fault.message, fault))
      }
    })
  } catch (error) {
    await discardFiles(contents, staged.flat())
    throw error
  }
  await discardFiles(
    contents,
    staged.flatMap((files, index) => (faults.has(index) ? files : [])),
  )
  return items.map((item, index) => {
    const files = (staged[index] ?? []).sort((left, right) => left.place - right.place)
    return faults.get(index) ?? { item, files }
  })
}

/** Whether an item passed {@link stageItems}. */
export function isStaged(result: StagedItem | ImportRow): result is StagedItem {
  return 'files' in result
}

/** Gives up the files of staged items. */
export async function discardStaged(contents: ContentStore, staged: readonly StagedItem[]): Promise<void> {
  await discardFiles(
    contents,
    staged.flatMap(({ files }) => files),
  )
}

async function discardFiles(contents: ContentStore, files: readonly StagedFile[]): Promise<void> {
  for (const { content } of files) await contents.discard(content.stagingName)
}

/** Runs `work` on each, at most `limit` at a time; after a failure nothing new begins, and what runs is waited for. */
async function inParallel<T>(
  all: readonly T[],
  limit: number,
  work: (one: T) => Promise<void>,
): Promise<void> {
  const queue = all.values()
  const failures: unknown[] = []
  const runner = async (): Promise<void> => {
    for (const one of queue) {
      if (failures.length > 0) return
      await work(one).catch((error: unknown) => failures.push(error))
    }
  }
  await Promise.all(Array.from({ length: limit }, runner))
  if (failures.length > 0) throw failures[0]
}
