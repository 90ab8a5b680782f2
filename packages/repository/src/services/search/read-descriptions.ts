import { text } from 'node:stream/consumers'
import type { ContentStore } from '../../domain/files/content-store.ts'
import type { StoredContent } from '../../domain/records/record.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { modsFields } from './mods-fields.ts'

/** Bytes; longer descriptions are not looked into. */
const LONGEST = 2 ** 20

/** Fields of the index by the uuid of the object that they describe. */
export type Descriptions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>

/**
 * What the MODS of some objects say, as fields of the index: none where there is none.
 *
 * @param unreadable told of the objects whose MODS cannot be read; they are left out
 */
export async function readDescriptions(
  tx: Pick<Transaction, 'searchIndex'>,
  contents: Pick<ContentStore, 'open'>,
  {
    itemIds,
    unreadable,
  }: { readonly itemIds: readonly string[]; readonly unreadable: UnreadableDescription },
): Promise<Descriptions> {
  const files = itemIds.length === 0 ? new Map() : await tx.searchIndex.describing(itemIds)
  const descriptions: Record<string, Readonly<Record<string, readonly string[]>>> = {}
  for (const itemId of itemIds) {
    try {
      descriptions[itemId] = await fieldsOf(contents, files.get(itemId))
    } catch (error) {
      await unreadable(itemId, error)
    }
  }
  return descriptions
}

/** Told of an object whose description cannot be read, and why. */
export type UnreadableDescription = (itemId: string, error: unknown) => Promise<void>

async function fieldsOf(
  contents: Pick<ContentStore, 'open'>,
  file: StoredContent | undefined,
): Promise<Readonly<Record<string, readonly string[]>>> {
  if (file === undefined || file.size > LONGEST) return {}
  return modsFields(await text(await contents.open(file)))
}
