import type { Transaction } from '../../domain/unit-of-work.ts'
import type { GuardedResource } from './find-resource.ts'

/**
 * Counts a change of policies as a change of the item that they are on or in, as the original does
 * (ResourcePolicyServiceImpl.update): harvesters are told who may read it.
 */
export async function touchResource(
  tx: Transaction,
  { itemId }: Pick<GuardedResource, 'itemId'>,
  now: Date,
): Promise<void> {
  if (itemId !== null) await tx.homes.touch(itemId, now)
}
