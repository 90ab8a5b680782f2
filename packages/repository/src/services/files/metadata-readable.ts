import type { Actor } from '../../domain/access/actor.ts'
import { allows } from '../../domain/access/allows.ts'
import type { GuardedBitstream } from '../../domain/files/bitstream-store.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { refusal } from '../access/require-allowed.ts'

/**
 * Refuses the description of a file to those who may neither READ the file, nor both its bundle and its item: a file
 * under embargo is listed, a file of a hidden item is not.
 *
 * @param today the current day, `YYYY-MM-DD`
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export async function requireMetadataReadable(
  reading: Pick<Reading, 'items'>,
  actor: Actor,
  found: GuardedBitstream,
  today: string,
): Promise<void> {
  if (allows(actor, 'READ', found.access, today)) return
  const item = found.itemId === null ? undefined : await reading.items.find(found.itemId)
  const parentIsOpen =
    found.itemId === null || (item !== undefined && allows(actor, 'READ', item.access, today))
  if (!parentIsOpen || !allows(actor, 'READ', found.metadataAccess, today)) {
    throw refusal(actor, 'READ', { kind: 'bitstream', id: found.value.id })
  }
}
