import type { Actor } from '../../domain/access/actor.ts'
import { dayOf } from '../../domain/clock.ts'
import { badReference } from '../../domain/errors.ts'
import type { ImportFault, ImportItem } from '../../import/import-item.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { catchUpIndex } from '../search/catch-up-index.ts'
import { prepareChunk, type ImportDeps, type ImportOptions, type PreparedChunk } from './import-chunk.ts'
import type { ImportRow } from './import-row.ts'
import { inChunks } from './in-chunks.ts'

/**
 * Brings items with their files into the repository, for those who administer their collections. The source is read as
 * it goes; some items at a time are staged together, written in one transaction and made permanent. A faulty item
 * spoils no other one.
 *
 * @returns for each chunk, after its commit, a row for each of its items, in the order of the source
 * @throws DomainError `REFERENCE_INVALID` when `options.collection` is none, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 * @throws ImportError `IMPORT_SOURCE_UNREADABLE`
 * @throws ContentStoreError, and the signal's reason
 * @example
 * for await (const rows of importItems(deps)(actor, readSaf('export.zip'), { importId: 'export', collection })) {
 *   for (const row of rows) if (row.status === 'faulty') console.error(row.key, row.message)
 * }
 */
export function importItems(deps: ImportDeps) {
  return async function* (
    actor: Actor,
    source: AsyncIterable<ImportItem | ImportFault>,
    options: ImportOptions,
  ): AsyncGenerator<readonly ImportRow[], void, void> {
    const collectionId = await requireCollection(deps, actor, options.collection)
    const prepare = prepareChunk(deps, actor, { ...options, collectionId })
    const chunks = inChunks(source, options.chunkSize ?? 50)
    const prepareNext = async (): Promise<PreparedChunk | undefined> => {
      const { value } = await chunks.next()
      return value === undefined ? undefined : prepare(value)
    }
    const catchUp = catchUpIndex(deps)
    let indexed: Promise<void> = Promise.resolve()
    // One chunk is read and staged while the one before is written.
    let next = prepareNext()
    try {
      for (let chunk = await next; chunk !== undefined; chunk = await next) {
        next = prepareNext()
        // Its failure is met when its turn comes; until then it must not count as unhandled.
        next.catch(() => undefined)
        if (options.signal?.aborted === true) await chunk.discard()
        options.signal?.throwIfAborted()
        const rows = await chunk.commit()
        // Searches are not to find thousands of entries missing: an import goes as fast as the index.
        await indexed
        indexed = catchUp(() => true)
        indexed.catch(() => undefined)
        yield rows
        if (options.onFault === 'stop' && rows.some(({ status }) => status === 'faulty')) return
      }
      await indexed
    } finally {
      await next.then(
        (chunk) => chunk?.discard(),
        () => undefined,
      )
      await chunks.return()
    }
  }
}

async function requireCollection(
  { reading, clock }: ImportDeps,
  actor: Actor,
  reference: string | undefined,
): Promise<string | null> {
  if (reference === undefined) return null
  const id = reference.includes('/') ? (await reading.finder.byHandle(reference))?.id : reference
  const collection =
    id === undefined || !/^[0-9a-f-]{36}$/i.test(id) ? undefined : await reading.collections.find(id)
  if (collection === undefined) throw badReference(`No collection is ${reference}`, reference)
  const what = { kind: 'collection', id: collection.value.id }
  requireAllowed(actor, 'ADMIN', collection.access, dayOf(clock()), what)
  return collection.value.id
}
