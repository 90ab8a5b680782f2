import type { Collection, Community } from '../../domain/records/record.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'

/**
 * Saves a changed community or collection over the version it was read with.
 *
 * @throws DomainError `VERSION_CONFLICT`
 */
export async function saveContainer(
  tx: Pick<Transaction, 'communities' | 'collections'>,
  container: Community | Collection,
): Promise<void> {
  if (container.kind === 'community') await tx.communities.update(container)
  else await tx.collections.update(container)
}
