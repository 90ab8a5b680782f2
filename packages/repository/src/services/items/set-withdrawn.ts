import { PatchError } from '../../domain/patch/patch-error.ts'
import type { Item } from '../../domain/records/record.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'

/**
 * Takes an item out of the archive, or back into it. Who could read it and its files is remembered as
 * `WITHDRAWN_READ` meanwhile. Saving the item is the caller's.
 *
 * @param index the patch operation that asks for it
 * @throws PatchError `PATCH_INVALID` for an item that never was in the archive
 */
export async function setWithdrawn(
  tx: Transaction,
  item: Item,
  withdrawn: boolean,
  index: number,
): Promise<Item> {
  if (item.withdrawn === withdrawn) return item
  if (withdrawn && !item.inArchive) {
    throw new PatchError('PATCH_INVALID', 'Only an archived item can be withdrawn', index)
  }
  const { bundles, bitstreams } = await tx.policies.resourcesOfItem(item.id)
  const resources = [item.id, ...bundles, ...bitstreams]
  if (withdrawn) await tx.policies.switchAction(resources, 'READ', 'WITHDRAWN_READ')
  else await tx.policies.switchAction(resources, 'WITHDRAWN_READ', 'READ')
  return { ...item, withdrawn, inArchive: !withdrawn }
}
