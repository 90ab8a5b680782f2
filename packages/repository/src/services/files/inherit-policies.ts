import type { Guarded } from '../../domain/access/guarded.ts'
import type { NewPolicy, Policy } from '../../domain/access/policy.ts'
import type { Bundle, Item } from '../../domain/records/record.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { isReading, isRestricted, newFilePolicies } from './file-policies.ts'

/** Where a file comes to lie, and when. */
export interface NewHome {
  readonly bundle: Bundle
  readonly item: Guarded<Item>
  /** The current day, `YYYY-MM-DD`. */
  readonly today: string
}

/**
 * Writes the policies of a file that comes from another bundle. What it inherited there goes. What was said of it alone
 * stays, and where that is about reading, an embargo say, it is not widened by what the new bundle allows.
 */
export async function inheritAnew(tx: Transaction, bitstreamId: string, home: NewHome): Promise<void> {
  if (isRestricted(home.bundle.name, home.item.value)) return tx.policies.remove([bitstreamId])
  await tx.policies.remove([bitstreamId], { origin: 'inherited' })
  const own = await tx.policies.ofResources([bitstreamId])
  const readersAreSaid = own.some(isReading)
  const inherited = await inheritedFrom(tx, bitstreamId, home)
  await tx.policies.insert(
    inherited.filter(
      (policy) => !(readersAreSaid && isReading(policy)) && !own.some((other) => isSame(policy, other)),
    ),
  )
}

async function inheritedFrom(
  tx: Transaction,
  bitstreamId: string,
  { bundle, item, today }: NewHome,
): Promise<readonly NewPolicy[]> {
  const owner = item.value.owningCollectionId
  const collection = owner === null ? undefined : await tx.collections.find(owner)
  const from = {
    bundleName: bundle.name,
    inherited: await tx.policies.ofResources([bundle.id]),
    item,
    collection: collection?.access.policies ?? [],
  }
  return newFilePolicies(bitstreamId, from, today)
}

function isSame(left: Policy, right: Policy): boolean {
  return left.action === right.action && left.groupId === right.groupId && left.personId === right.personId
}
