import { ADMINISTRATOR_GROUP } from '../../domain/access/actor.ts'
import { invalid } from '../../domain/errors.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'

/**
 * Refuses a change that leaves nobody who may log in among the administrators: nobody could undo it. Call it after the
 * change, within its transaction; of two changes that would do it only together, one is refused.
 *
 * @throws DomainError `INVALID` with `field` `administrators`
 */
export async function requireAdministratorLeft(tx: Pick<Transaction, 'groups' | 'lock'>): Promise<void> {
  await tx.lock('administrators')
  if (await tx.groups.hasLoginMember(ADMINISTRATOR_GROUP)) return
  throw invalid('Nobody who may log in would be an administrator any more', 'administrators')
}
