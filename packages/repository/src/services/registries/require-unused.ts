import { DomainError } from '../../domain/errors.ts'
import type { FieldStore } from '../../domain/registries/registry-store.ts'

/**
 * Refuses to delete fields that hold values, as the original does: values without a field could not be described.
 *
 * @throws DomainError `CONFLICT` with the first used `field` and its number of `uses`
 */
export async function requireUnused(
  fields: Pick<FieldStore, 'countUses'>,
  names: readonly string[],
): Promise<void> {
  for (const [field, uses] of await fields.countUses(names)) {
    throw new DomainError('CONFLICT', `The field ${field} holds ${uses} values`, { field, uses })
  }
}
