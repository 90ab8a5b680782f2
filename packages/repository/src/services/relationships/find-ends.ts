import type { Guarded } from '../../domain/access/guarded.ts'
import { badReference, notFound, versionConflict } from '../../domain/errors.ts'
import type { Item } from '../../domain/records/record.ts'
import type { GuardedRelationship } from '../../domain/relationships/relationship-store.ts'
import type { RelationshipChange } from './relationship-change.ts'

/**
 * Reads an item that a relationship is to have. Templates have none.
 *
 * @throws DomainError `REFERENCE_INVALID`
 */
export async function findEnd({ tx }: Pick<RelationshipChange, 'tx'>, id: string): Promise<Guarded<Item>> {
  const found = await tx.items.find(id)
  if (found === undefined || found.value.templateOfId !== null) {
    throw badReference(`No item has the identifier ${id}`, id)
  }
  return found
}

/** Reads an item of a relationship that is there, which keeps the item from being deleted. */
export async function findRelated(
  { tx }: Pick<RelationshipChange, 'tx'>,
  id: string,
): Promise<Guarded<Item>> {
  const found = await tx.items.find(id)
  if (found === undefined) throw new Error(`Item ${id} is gone, but not its relationships`)
  return found
}

/**
 * Locks the items of a relationship and reads it as it is then.
 *
 * @param further items that are to be locked with them
 * @throws DomainError `NOT_FOUND`
 */
export async function lockRelationship(
  { tx }: Pick<RelationshipChange, 'tx'>,
  id: number,
  further: readonly string[] = [],
): Promise<GuardedRelationship> {
  const seen = await tx.relationships.find(id)
  if (seen === undefined) throw notFound('relationship', String(id))
  const { leftItemId, rightItemId, version } = seen.value
  await tx.relationships.lockItems([leftItemId, rightItemId, ...further])
  const found = await tx.relationships.find(id)
  if (found === undefined) throw notFound('relationship', String(id))
  if (found.value.leftItemId !== leftItemId || found.value.rightItemId !== rightItemId) {
    // Somebody gave it another item meanwhile, which is not locked.
    throw versionConflict(String(id), version, null)
  }
  return found
}
