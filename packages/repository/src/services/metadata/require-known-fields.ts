import { DomainError } from '../../domain/errors.ts'
import type { Metadata } from '../../domain/metadata/metadata.ts'
import type { FieldStore } from '../../domain/registries/registry-store.ts'

/**
 * Refuses metadata in fields that the registry does not have.
 *
 * @param names full names, `schema.element[.qualifier]`; repeated ones do not matter
 * @throws DomainError `FIELD_UNKNOWN`, with the first unknown name as `data.field`
 */
export async function requireKnownFields(
  fields: Pick<FieldStore, 'unknownAmong'>,
  names: readonly string[],
): Promise<void> {
  if (names.length === 0) return
  const [unknown] = await fields.unknownAmong([...new Set(names)])
  if (unknown === undefined) return
  throw new DomainError('FIELD_UNKNOWN', `The metadata field ${unknown} is not in the registry`, {
    field: unknown,
  })
}

/** The same for a whole map of metadata. */
export async function requireKnownMetadata(
  fields: Pick<FieldStore, 'unknownAmong'>,
  metadata: Metadata,
): Promise<void> {
  await requireKnownFields(fields, Object.keys(metadata))
}
