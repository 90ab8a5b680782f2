import type { Actor } from '../../domain/access/actor.ts'
import type { Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import { applyMetadataPatch, fieldsTouched } from '../../domain/patch/metadata-patch.ts'
import { isMetadataPath } from '../../domain/patch/metadata-location.ts'
import type { PatchOperation } from '../../domain/patch/parse-patch.ts'
import type { PasswordHasher } from '../../domain/people/password-hasher.ts'
import type { Person } from '../../domain/records/record.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAdministrator, requireAdminScope } from '../access/require-allowed.ts'
import { requireVersion, type ExpectedVersion } from '../expected-version.ts'
import { requireKnownFields } from '../metadata/require-known-fields.ts'
import { changePassword } from './change-password.ts'
import { patchAccount } from './patch-account.ts'
import { requireAdministratorLeft } from './require-administrator-left.ts'

/**
 * Changes a person by JSON Patch: metadata and `/password` for oneself, these and the account's properties for
 * administrators (RestContract epersons.md, "Patch operations"). All operations are applied, or none.
 *
 * @throws PatchError when an operation cannot be applied
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED` also for a wrong current password,
 * `VERSION_CONFLICT`, `FIELD_UNKNOWN`, `INVALID` for a weak password, no address or barring the last
 * administrator, `CONFLICT` when the address is taken
 */
export function patchPerson(deps: { unitOfWork: UnitOfWork; clock: Clock; passwords: PasswordHasher }) {
  return async (
    actor: Actor,
    input: { id: string; patch: readonly PatchOperation[]; expected: ExpectedVersion },
  ): Promise<Person> => {
    requireMayPatch(actor, input)
    return deps.unitOfWork(async (tx) => {
      const person = await tx.people.find(input.id)
      if (person === undefined) throw notFound('person', input.id)
      requireVersion(person, input.expected)
      await requireKnownFields(
        tx.fields,
        input.patch.flatMap((operation, index) =>
          isMetadataPath(operation.path) ? fieldsTouched(operation, { index }) : [],
        ),
      )
      let changed = person
      for (const [index, operation] of input.patch.entries()) {
        if (isMetadataPath(operation.path)) {
          changed = { ...changed, metadata: applyMetadataPatch(changed.metadata, operation, { index }) }
        } else if (isPasswordPath(operation)) {
          await changePassword(tx, deps.passwords, actor, { personId: person.id, operation, index })
        } else {
          changed = patchAccount(changed, operation, index)
        }
      }
      if (!changed.canLogIn) await tx.people.endSessions(person.id)
      if (changed === person) return person
      const saved = await tx.people.update({ ...changed, modifiedAt: deps.clock() })
      if (person.canLogIn && !saved.canLogIn) await requireAdministratorLeft(tx)
      return saved
    })
  }
}

/** One operation that is the administrators' alone makes the whole patch theirs. */
function requireMayPatch(actor: Actor, input: { id: string; patch: readonly PatchOperation[] }): void {
  requireAdminScope(actor, { kind: 'person', id: input.id })
  const isOwn = input.patch.every((operation) => isMetadataPath(operation.path) || isPasswordPath(operation))
  if (actor.personId === input.id && isOwn) return
  requireAdministrator(actor, { kind: 'person', id: input.id })
}

function isPasswordPath({ path }: PatchOperation): boolean {
  return path.length === 1 && path[0]?.toLowerCase() === 'password'
}
