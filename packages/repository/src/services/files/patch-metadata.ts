import type { Metadata } from '../../domain/metadata/metadata.ts'
import { isMetadataPath } from '../../domain/patch/metadata-location.ts'
import { applyMetadataPatch, fieldsTouched } from '../../domain/patch/metadata-patch.ts'
import type { PatchOperation } from '../../domain/patch/parse-patch.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { requireKnownFields } from '../metadata/require-known-fields.ts'

/**
 * Applies those operations of a patch that are about metadata, in their order.
 *
 * @throws PatchError when an operation cannot be applied
 * @throws DomainError `FIELD_UNKNOWN`
 */
export async function patchMetadata(
  tx: Pick<Transaction, 'fields'>,
  metadata: Metadata,
  patch: readonly PatchOperation[],
): Promise<Metadata> {
  const operations = [...patch.entries()].filter(([, operation]) => isMetadataPath(operation.path))
  await requireKnownFields(
    tx.fields,
    operations.flatMap(([index, operation]) => fieldsTouched(operation, { index })),
  )
  return operations.reduce(
    (current, [index, operation]) => applyMetadataPatch(current, operation, { index }),
    metadata,
  )
}
