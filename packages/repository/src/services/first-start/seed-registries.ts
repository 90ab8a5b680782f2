import { UNKNOWN_FORMAT_ID } from '../../domain/records/record.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { BITSTREAM_FORMATS, METADATA_FIELDS, METADATA_SCHEMAS } from '../../registries/load-registries.ts'

/** Fills the registries as a fresh DSpace has them, unless they were filled before: what was deleted stays so. */
export async function seedRegistries(tx: Transaction): Promise<void> {
  // The format of unknown files is never deleted.
  if ((await tx.formats.find(UNKNOWN_FORMAT_ID)) !== undefined) return
  await tx.schemas.seed(METADATA_SCHEMAS)
  await tx.fields.seed(METADATA_FIELDS)
  await tx.formats.seed(BITSTREAM_FORMATS)
}
