import type { Actor } from '../../domain/access/actor.ts'
import type { Clock } from '../../domain/clock.ts'
import { invalid, notFound } from '../../domain/errors.ts'
import { formatPointer } from '../../domain/patch/json-pointer.ts'
import { applyMetadataPatch, fieldsTouched } from '../../domain/patch/metadata-patch.ts'
import { isMetadataPath } from '../../domain/patch/metadata-location.ts'
import type { PatchOperation } from '../../domain/patch/parse-patch.ts'
import { PatchError } from '../../domain/patch/patch-error.ts'
import type { Group } from '../../domain/records/record.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'
import { requireVersion, type ExpectedVersion } from '../expected-version.ts'
import { requireKnownFields } from '../metadata/require-known-fields.ts'
import { requireChangeableGroup } from './require-changeable-group.ts'

/**
 * Changes the name and metadata of a group by JSON Patch, for administrators (RestContract epersongroups.md, "Patch
 * operations"). All operations are applied, or none.
 *
 * @throws PatchError when an operation cannot be applied
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `NOT_FOUND`, `VERSION_CONFLICT`, `FIELD_UNKNOWN`, `INVALID` when
 * the name may not change, `CONFLICT` when it is taken
 */
export function patchGroup(deps: { unitOfWork: UnitOfWork; clock: Clock }) {
  return async (
    actor: Actor,
    input: { id: string; patch: readonly PatchOperation[]; expected: ExpectedVersion },
  ): Promise<Group> => {
    requireAdministrator(actor, { kind: 'group', id: input.id })
    return deps.unitOfWork(async (tx) => {
      const group = await tx.groups.find(input.id)
      if (group === undefined) throw notFound('group', input.id)
      requireVersion(group, input.expected)
      await requireKnownFields(
        tx.fields,
        input.patch.flatMap((operation, index) =>
          isMetadataPath(operation.path) ? fieldsTouched(operation, { index }) : [],
        ),
      )
      const changed = input.patch.reduce(applyOperation, group)
      if (changed.name !== group.name) await requireChangeableGroup(tx.groups, group)
      return changed === group ? group : tx.groups.update({ ...changed, modifiedAt: deps.clock() })
    })
  }
}

function applyOperation(group: Group, operation: PatchOperation, index: number): Group {
  if (isMetadataPath(operation.path)) {
    return { ...group, metadata: applyMetadataPatch(group.metadata, operation, { index }) }
  }
  const path = formatPointer(operation.path)
  if (operation.op !== 'replace' || path.toLowerCase() !== '/name' || typeof operation.value !== 'string') {
    throw new PatchError('PATCH_INVALID', `${operation.op} "${path}" is no change that a group knows`, index)
  }
  const name = operation.value.trim()
  if (name === '') throw invalid('A group needs a name', 'name')
  return { ...group, name }
}
