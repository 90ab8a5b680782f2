import type { BitstreamFormat, MetadataField, MetadataSchema } from '../domain/records/record.ts'
import formatRows from './bitstream-formats.json' with { type: 'json' }
import fieldRows from './metadata-fields.json' with { type: 'json' }
import schemaRows from './metadata-schemas.json' with { type: 'json' }

/**
 * The metadata schemas of a fresh DSpace, in the order in which it loads them (`registry.metadata.load` of its
 * dspace.cfg). An id is the position in the list, so rows are only ever added at its end.
 */
export const METADATA_SCHEMAS: readonly MetadataSchema[] = schemaRows.map((row, index) => ({
  id: index + 1,
  ...row,
}))

/** The metadata fields of a fresh DSpace, with ids by the same rule. */
export const METADATA_FIELDS: readonly MetadataField[] = fieldRows.map(readField)

/** The bitstream formats of a fresh DSpace, with ids by the same rule. The first is that of unknown files. */
export const BITSTREAM_FORMATS: readonly BitstreamFormat[] = formatRows.map((row, index) => ({
  ...row,
  id: index + 1,
  supportLevel: readSupportLevel(row.supportLevel),
}))

function readField(row: readonly (string | null)[], index: number): MetadataField {
  const [schemaPrefix, element, qualifier = null, scopeNote = null] = row
  const schema = METADATA_SCHEMAS.find((candidate) => candidate.prefix === schemaPrefix)
  if (schema === undefined || typeof element !== 'string') {
    throw new TypeError(`metadata-fields.json, row ${index}: needs a known schema and an element`)
  }
  return { id: index + 1, schemaId: schema.id, schemaPrefix: schema.prefix, element, qualifier, scopeNote }
}

function readSupportLevel(level: string): BitstreamFormat['supportLevel'] {
  if (level === 'UNKNOWN' || level === 'KNOWN' || level === 'SUPPORTED') return level
  throw new TypeError(`bitstream-formats.json: ${level} is no support level`)
}
