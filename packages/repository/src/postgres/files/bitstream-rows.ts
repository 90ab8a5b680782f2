import { sql, type Selectable } from 'kysely'
import type { Bitstream } from '../../domain/records/record.ts'
import type { BitstreamTable } from '../schema.ts'

export type BitstreamRow = Omit<Selectable<BitstreamTable>, 'position'> & {
  bundle_name: string | null
  md5: string
  size: number
  staging_name: string | null
}

export const BITSTREAM_COLUMNS = sql.raw(
  `f.id, f.bundle_id, b.name as bundle_name, f.sequence_id, f.format_id, f.sha256, c.md5, c.size, c.staging_name,
   f.metadata, f.version, f.created_at, f.modified_at`,
)

/** Files with their content, bundle and item (`f`, `c`, `b`, `i`); a logo has neither bundle nor item. */
export const BITSTREAM_FROM = sql`from bitstream f
  join content c on c.sha256 = f.sha256
  left join bundle b on b.id = f.bundle_id
  left join record i on i.id = b.item_id`

export function toBitstream(row: BitstreamRow): Bitstream {
  return {
    kind: 'bitstream',
    id: row.id,
    bundleId: row.bundle_id,
    bundleName: row.bundle_name,
    sequenceId: row.sequence_id,
    formatId: row.format_id,
    content: { sha256: row.sha256, md5: row.md5, size: row.size, stagingName: row.staging_name },
    metadata: row.metadata,
    version: row.version,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  }
}
