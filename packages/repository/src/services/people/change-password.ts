import type { Actor } from '../../domain/access/actor.ts'
import { isJsonObject } from '../../domain/patch/json-value.ts'
import type { PatchOperation } from '../../domain/patch/parse-patch.ts'
import { PatchError } from '../../domain/patch/patch-error.ts'
import type { PasswordHasher } from '../../domain/people/password-hasher.ts'
import { requireStrongPassword } from '../../domain/people/require-strong-password.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { refusal } from '../access/require-allowed.ts'

/**
 * Carries out `add /password` (RestContract epersons.md, "Add"). Whoever changes their own password must know the
 * current one, if there is one; an administrator who helps somebody out cannot. Whoever got in with the old one is out then:
 * every session ends.
 *
 * @throws PatchError `PATCH_INVALID` when the operation is another one or brings no password
 * @throws DomainError `INVALID` for a weak password, `NOT_ALLOWED` for a wrong current one
 */
export async function changePassword(
  tx: Transaction,
  passwords: PasswordHasher,
  actor: Actor,
  change: { personId: string; operation: PatchOperation; index: number },
): Promise<void> {
  const { operation, personId } = change
  const value = operation.op === 'add' && isJsonObject(operation.value) ? operation.value : {}
  const password = value['new_password']
  if (typeof password !== 'string') {
    throw new PatchError(
      'PATCH_INVALID',
      '"/password" is added as an object with "new_password"',
      change.index,
    )
  }
  requireStrongPassword(password)
  if (actor.personId === personId) {
    const known = (await tx.people.credentialsOf(personId))?.passwordHash ?? null
    const current = value['current_password']
    const matches =
      known === null || (await passwords.verify(known, typeof current === 'string' ? current : ''))
    if (!matches) throw refusal(actor, 'change the password of', { kind: 'person', id: personId })
  }
  await tx.people.setPassword(personId, await passwords.hash(password))
  await tx.people.endSessions(personId)
}
