import { sql, type Kysely } from 'kysely'
import { versionConflict } from '../../domain/errors.ts'
import type { BitstreamStore } from '../../domain/files/bitstream-store.ts'
import type { Bitstream } from '../../domain/records/record.ts'
import type { Schema } from '../schema.ts'
import { bitstreamQueries } from './bitstream-queries.ts'
import { enterFiles } from './enter-files.ts'

/** Files in PostgreSQL. */
export function postgresBitstreamStore(db: Kysely<Schema>): BitstreamStore {
  return {
    ...bitstreamQueries(db),
    enter: (entries) => enterFiles(db, entries),
    async insert(bitstream) {
      const result = await sql<{ sequence_id: number | null }>`
        insert into bitstream (id, bundle_id, position, sequence_id, format_id, sha256, metadata, version, created_at, modified_at)
        select ${bitstream.id}, ${bitstream.bundleId}::uuid,
          coalesce((select max(position) + 1 from bitstream where bundle_id = ${bitstream.bundleId}::uuid), 0),
          (${nextSequenceId(bitstream.bundleId)}),
          ${bitstream.formatId}, ${bitstream.content.sha256}, ${JSON.stringify(bitstream.metadata)}::jsonb,
          ${bitstream.version}, ${bitstream.createdAt}, ${bitstream.modifiedAt}
        returning sequence_id
      `.execute(db)
      return { ...bitstream, sequenceId: result.rows[0]?.sequence_id ?? null }
    },
    async insertMany(bitstreams) {
      if (bitstreams.length === 0) return
      await sql`
        insert into bitstream
          (id, bundle_id, position, sequence_id, format_id, sha256, metadata, version, created_at, modified_at)
        select * from jsonb_to_recordset(${JSON.stringify(toRows(bitstreams))}::jsonb) as row (id uuid, bundle_id uuid,
          position integer, sequence_id integer, format_id integer, sha256 text, metadata jsonb, version bigint,
          created_at timestamptz, modified_at timestamptz)
      `.execute(db)
    },
    async update(bitstream: Bitstream) {
      const result = await db
        .updateTable('bitstream')
        .set({
          bundle_id: bitstream.bundleId,
          format_id: bitstream.formatId,
          sha256: bitstream.content.sha256,
          metadata: JSON.stringify(bitstream.metadata),
          modified_at: bitstream.modifiedAt,
          version: bitstream.version + 1,
        })
        .where('id', '=', bitstream.id)
        .where('version', '=', bitstream.version)
        .executeTakeFirst()
      if (result.numUpdatedRows === 0n) throw versionConflict(bitstream.id, bitstream.version, null)
      return { ...bitstream, version: bitstream.version + 1 }
    },
    async reorder(bundleId, ids) {
      await sql`
        update bitstream f set position = placed.place
        from unnest(${ids}::uuid[]) with ordinality as placed (id, place)
        where f.id = placed.id and f.bundle_id = ${bundleId}
      `.execute(db)
    },
    async delete(ids) {
      await sql`delete from bitstream where id = any(${ids}::uuid[])`.execute(db)
    },
  }
}

/** Files of new bundles as rows, each behind the one before in its bundle. */
function toRows(bitstreams: readonly Bitstream[]) {
  const places = new Map<string | null, number>()
  return bitstreams.map((bitstream) => {
    const position = places.get(bitstream.bundleId) ?? 0
    places.set(bitstream.bundleId, position + 1)
    return {
      id: bitstream.id,
      bundle_id: bitstream.bundleId,
      position,
      sequence_id: bitstream.sequenceId,
      format_id: bitstream.formatId,
      sha256: bitstream.content.sha256,
      metadata: bitstream.metadata,
      version: bitstream.version,
      created_at: bitstream.createdAt,
      modified_at: bitstream.modifiedAt,
    }
  })
}

/** The item's counter, so that a number is not given again after its file was deleted. */
function nextSequenceId(bundleId: string | null) {
  return sql`update_sequence_of_item((select item_id from bundle where id = ${bundleId}::uuid))`
}
