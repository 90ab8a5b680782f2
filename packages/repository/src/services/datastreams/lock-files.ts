import type { Transaction } from '../../domain/unit-of-work.ts'

/**
 * Lets changes of one item's files take turns from their first look at them, not only from their first write: what they
 * read is what they change. The lock is that of `touchItem`, and of those who make bundles.
 */
export async function lockFiles(tx: Pick<Transaction, 'lock'>, itemId: string): Promise<void> {
  await tx.lock(`files of ${itemId}`)
  await tx.lock(`bundle names of ${itemId}`)
}
