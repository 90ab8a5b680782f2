import type { Actor } from '../../domain/access/actor.ts'
import { allows } from '../../domain/access/allows.ts'
import { dayOf } from '../../domain/clock.ts'
import type { Harvest } from '../../domain/harvest/harvest.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { addFileIn } from '../files/add-file.ts'
import type { StagedFile, StagedItem } from '../import/stage-items.ts'
import { saveItem } from '../relationships/save-item.ts'
import type { HarvestDeps } from './harvest-collection.ts'
import { faultyRecord, type HarvestRow } from './harvest-row.ts'
import { changedMetadata, type LiveRecord } from './harvested-metadata.ts'

/** A record that has changed, and the item that came of it. */
export interface ChangedRecord {
  readonly run: Harvest
  readonly record: LiveRecord
  readonly itemId: string
  readonly staged: StagedItem
}

const EVERY_BUNDLE = { number: 0, size: 10_000 }

/**
 * Makes an item what its record is now. Files, as far as the harvest wants any, take the place of all that the item has,
 * as in the original.
 *
 * @param change.staged its files are in the register of contents already
 */
export async function changeHarvestedItem(
  tx: Transaction,
  deps: Pick<HarvestDeps, 'clock' | 'naming'>,
  actor: Actor,
  { run, record, itemId, staged }: ChangedRecord,
): Promise<HarvestRow> {
  const { oaiId } = record
  const now = deps.clock()
  await tx.homes.lock([itemId])
  const found = await tx.items.find(itemId)
  if (found === undefined || !allows(actor, 'ADMIN', found.access, dayOf(now))) {
    return faultyRecord(oaiId, `item ${itemId} cannot be changed`)
  }
  const metadata = changedMetadata(found.value, record, deps.naming)
  await saveItem(tx, found.value, { ...found.value, metadata }, now)
  if (run.type !== 'METADATA_ONLY') await replaceFiles(tx, deps, actor, itemId, staged.files)
  return { status: 'updated', oaiId, itemId }
}

async function replaceFiles(
  tx: Transaction,
  deps: Pick<HarvestDeps, 'clock'>,
  actor: Actor,
  itemId: string,
  files: readonly StagedFile[],
): Promise<void> {
  const former = await tx.bundles.list({ itemId, grants: { kind: 'everything' } }, EVERY_BUNDLE)
  for (const { id } of former.elements) await tx.bundles.delete(id)
  for (const { file, content } of files) {
    const { head, ...stored } = content
    const arriving = { place: { itemId, name: file.bundle }, name: file.name, content: stored, head }
    const { mimetype } = file
    await addFileIn(tx, { actor, file: { ...arriving, ...(mimetype !== null && { mimetype }) } }, deps)
  }
}
