import { sql, type Kysely } from 'kysely'
import type { Guarded } from '../../domain/access/guarded.ts'
import type { Datastream } from '../../domain/datastreams/datastream.ts'
import type { DatastreamStore } from '../../domain/datastreams/datastream-store.ts'
import { GUARDED_COLUMNS, toGuardedBitstream, type GuardedBitstreamRow } from '../files/bitstream-queries.ts'
import { BITSTREAM_FROM } from '../files/bitstream-rows.ts'
import { withConstraints } from '../pg-errors.ts'
import type { DatastreamTable, DatastreamVersionTable, Schema } from '../schema.ts'

interface VersionColumn extends Omit<DatastreamVersionTable, 'bitstream_id' | 'dated_at'> {
  /** As JSON, hence as text. */
  readonly dated_at: string
  readonly md5: string
  readonly size: number
  readonly staging_name: string | null
}

type DatastreamRow = GuardedBitstreamRow &
  Omit<DatastreamTable, 'bitstream_id' | 'mimetype'> & {
    mimetype: string
    checksum: string | null
    versions: VersionColumn[] | null
  }

const VERSIONS = sql`(
  select json_agg(json_build_object('dated_at', v.dated_at, 'label', v.label, 'state', v.state,
    'mimetype', v.mimetype, 'sha256', v.sha256, 'md5', vc.md5, 'size', vc.size, 'staging_name', vc.staging_name)
    order by v.dated_at desc)
  from datastream_version v join content vc on vc.sha256 = v.sha256 where v.bitstream_id = f.id
)`
const CHECKSUM = sql`case d.checksum_type when 'MD5' then c.md5 when 'SHA-256' then c.sha256
  else (select k.value from content_checksum k where k.sha256 = f.sha256 and k.type = d.checksum_type) end`

/** Datastreams in PostgreSQL. */
export function postgresDatastreamStore(db: Kysely<Schema>): DatastreamStore {
  return {
    async ofItem(itemId, dsid) {
      const named = dsid === undefined ? sql`true` : sql`d.dsid = ${dsid}`
      const result = await sql<DatastreamRow>`
        select ${GUARDED_COLUMNS}, d.dsid, d.state, d.control_group, d.versionable, d.checksum_type, d.dated_at,
          coalesce(d.mimetype, t.mimetype) as mimetype, ${CHECKSUM} as checksum, ${VERSIONS} as versions
        ${BITSTREAM_FROM} join datastream d on d.bitstream_id = f.id join bitstream_format t on t.id = f.format_id
        where d.item_id = ${itemId} and ${named} order by f.sequence_id, f.id
      `.execute(db)
      return result.rows.map(toDatastream)
    },
    async describe(bitstreamId, facts) {
      const { dsid, state, controlGroup, versionable, checksumType, mimetype } = facts
      await withConstraints(() =>
        sql`
          update datastream d set
            dsid = coalesce(${dsid ?? null}, dsid),
            state = coalesce(${state ?? null}, state),
            control_group = coalesce(${controlGroup ?? null}, control_group),
            versionable = coalesce(${versionable ?? null}, versionable),
            checksum_type = coalesce(${checksumType ?? null}, checksum_type),
            mimetype = nullif(coalesce(${mimetype ?? null}, d.mimetype), t.mimetype)
          from bitstream f join bitstream_format t on t.id = f.format_id
          where f.id = ${bitstreamId} and d.bitstream_id = f.id
        `.execute(db),
      )
    },
    async addChecksum({ sha256, type, value }) {
      await sql`
        insert into content_checksum (sha256, type, value) values (${sha256}, ${type}, ${value})
        on conflict do nothing
      `.execute(db)
    },
    async deleteVersion(bitstreamId, datedAt) {
      await sql`
        delete from datastream_version where bitstream_id = ${bitstreamId} and dated_at = ${datedAt}
      `.execute(db)
    },
    async setDate(bitstreamId, datedAt) {
      await sql`update datastream set dated_at = ${datedAt} where bitstream_id = ${bitstreamId}`.execute(db)
    },
  }
}

function toDatastream(row: DatastreamRow): Guarded<Datastream> {
  const { value: file, access } = toGuardedBitstream(row)
  const value: Datastream = {
    file,
    dsid: row.dsid,
    state: row.state,
    controlGroup: row.control_group,
    versionable: row.versionable,
    checksumType: row.checksum_type,
    mimetype: row.mimetype,
    datedAt: row.dated_at,
    checksum: row.checksum,
    versions: (row.versions ?? []).map((version) => ({
      datedAt: new Date(version.dated_at),
      label: version.label ?? '',
      state: version.state,
      mimetype: version.mimetype,
      content: {
        sha256: version.sha256,
        md5: version.md5,
        size: version.size,
        stagingName: version.staging_name,
      },
    })),
  }
  return { value, access }
}
