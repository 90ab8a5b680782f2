import type { Transaction } from '../../domain/unit-of-work.ts'

/**
 * Counts a change of an item's files as a change of the item: harvesters go by when an item was last modified. Changes
 * of one item's files take turns from here to their commit.
 */
export async function touchItem(
  tx: Pick<Transaction, 'items' | 'lock'>,
  itemId: string,
  now: Date,
): Promise<void> {
  await tx.lock(`files of ${itemId}`)
  const item = await tx.items.find(itemId)
  if (item !== undefined) await tx.items.update({ ...item.value, modifiedAt: now })
}
