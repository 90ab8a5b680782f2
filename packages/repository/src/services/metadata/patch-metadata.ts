import type { Metadata } from '../../domain/metadata/metadata.ts'
import { applyMetadataPatch, fieldsTouched } from '../../domain/patch/metadata-patch.ts'
import type { PatchOperation } from '../../domain/patch/parse-patch.ts'
import type { FieldStore } from '../../domain/registries/registry-store.ts'
import { requireKnownFields } from './require-known-fields.ts'

/**
 * Applies a whole patch to the metadata of a record of which nothing else can be patched.
 *
 * @throws PatchError when an operation cannot be applied, or is about something else than metadata
 * @throws DomainError `FIELD_UNKNOWN`
 */
export async function patchMetadata(
  fields: Pick<FieldStore, 'unknownAmong'>,
  metadata: Metadata,
  patch: readonly PatchOperation[],
): Promise<Metadata> {
  await requireKnownFields(
    fields,
    patch.flatMap((operation, index) => fieldsTouched(operation, { index })),
  )
  return patch.reduce(
    (current, operation, index) => applyMetadataPatch(current, operation, { index }),
    metadata,
  )
}
