import type { Actor } from '../../domain/access/actor.ts'
import type { Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { PatchOperation } from '../../domain/patch/parse-patch.ts'
import type { Site } from '../../domain/records/record.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'
import { requireVersion, type ExpectedVersion } from '../expected-version.ts'
import { patchMetadata } from '../metadata/patch-metadata.ts'

/**
 * Changes the metadata of the repository as a whole by JSON Patch, for administrators.
 *
 * @throws PatchError when an operation cannot be applied
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `VERSION_CONFLICT`, `FIELD_UNKNOWN`
 */
export function patchSite(deps: { unitOfWork: UnitOfWork; clock: Clock }) {
  return (
    actor: Actor,
    input: { patch: readonly PatchOperation[]; expected: ExpectedVersion },
  ): Promise<Site> =>
    deps.unitOfWork(async (tx) => {
      requireAdministrator(actor)
      const found = await tx.site.find()
      if (found === undefined) throw notFound('site', 'site')
      requireVersion(found.value, input.expected)
      const metadata = await patchMetadata(tx.fields, found.value.metadata, input.patch)
      return tx.site.update({ ...found.value, metadata, modifiedAt: deps.clock() })
    })
}
