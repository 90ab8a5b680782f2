import type { Metadata } from '../metadata/metadata.ts'
import { isVirtual, ownMetadata, withOwn } from '../metadata/virtual-values.ts'
import { formatPointer } from './json-pointer.ts'
import { readLocation } from './metadata-location.ts'
import { applyMetadataPatch, type OperationPlace } from './metadata-patch.ts'
import type { PatchOperation } from './parse-patch.ts'
import { PatchError } from './patch-error.ts'

/**
 * The same as {@link applyMetadataPatch} for an item that shows values of related items. Such a value may be moved, which
 * moves the relationship; it cannot be changed, removed or made. Operations on a whole field or all fields leave these
 * values where they are, and do not take them over when a client sends back what it has read.
 *
 * @throws PatchError as {@link applyMetadataPatch}; `PATCH_INVALID` for a single value that is not the item's own
 */
export function applyItemMetadataPatch(
  shown: Metadata,
  operation: PatchOperation,
  at: OperationPlace,
): Metadata {
  const after = applyMetadataPatch(shown, operation, at)
  if (sameVirtual(shown, after)) return after
  const { level } = readLocation(operation.path, at.index)
  if (level === 'all' || level === 'field') return withOwn(shown, ownMetadata(after))
  throw new PatchError(
    'PATCH_INVALID',
    `${operation.op} "${formatPointer(operation.path)}": the value comes from a related item`,
    at.index,
  )
}

function sameVirtual(before: Metadata, after: Metadata): boolean {
  if (before === after) return true
  const [one, other] = [virtualIn(before), virtualIn(after)]
  return one.length === other.length && one.every((value, index) => value === other[index])
}

/** The virtual values as texts, in an order that does not depend on their places. */
function virtualIn(metadata: Metadata): readonly string[] {
  return Object.entries(metadata)
    .flatMap(([field, values]) =>
      values
        .filter(isVirtual)
        .map((value) =>
          JSON.stringify([field, value.authority, value.value, value.language, value.confidence]),
        ),
    )
    .toSorted()
}
