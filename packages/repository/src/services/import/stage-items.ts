import type { ContentStore, StagedContent } from '../../domain/files/content-store.ts'
import type { ImportFile, ImportItem } from '../../import/import-item.ts'
import { faultOf } from '../../import/import-item.ts'
import { stageFile } from '../files/stage-file.ts'
import { faultyRow, type ImportRow } from './import-row.ts'

/** A file whose bytes are in staging. */
export interface StagedFile {
  readonly file: ImportFile
  readonly content: StagedContent
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
  const files = items.flatMap((item, index) => item.files.map((file) => ({ index, file })))
  const staged = new Map<ImportFile, StagedContent>()
  const faults = new Map<number, ImportRow>()
  try {
    await inParallel(files, PARALLEL, async ({ index, file }) => {
      signal?.throwIfAborted()
      if (faults.has(index)) return
      const key = items[index]?.key ?? ''
      try {
        staged.set(file, await stageOne(contents, file, signal))
      } catch (error) {
        const fault = faultOf(key, error)
        if (fault === null) throw error
        faults.set(index, faultyRow(key, fault.message, fault))
      }
    })
  } catch (error) {
    await discardAll(contents, staged.values())
    throw error
  }
  return Promise.all(
    items.map(async (item, index) => {
      const found = item.files.flatMap((file) => {
        const content = staged.get(file)
        return content === undefined ? [] : [{ file, content }]
      })
      const fault = faults.get(index)
      if (fault === undefined) return { item, files: found }
      await discardAll(
        contents,
        found.map(({ content }) => content),
      )
      return fault
    }),
  )
}

/** Whether an item passed {@link stageItems}. */
export function isStaged(result: StagedItem | ImportRow): result is StagedItem {
  return 'files' in result
}

async function stageOne(
  contents: ContentStore,
  file: ImportFile,
  signal: AbortSignal | undefined,
): Promise<StagedContent> {
  return stageFile(contents, { source: await file.open(), ...(signal && { signal }) })
}

/** Gives up the files of staged items. */
export async function discardStaged(contents: ContentStore, staged: readonly StagedItem[]): Promise<void> {
  await discardAll(
    contents,
    staged.flatMap(({ files }) => files.map(({ content }) => content)),
  )
}

async function discardAll(contents: ContentStore, staged: Iterable<StagedContent>): Promise<void> {
  for (const { stagingName } of staged) await contents.discard(stagingName)
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
