import { sql, type Kysely } from 'kysely'
import { notFound } from '../../domain/errors.ts'
import type { EnteredFile, FileEntry } from '../../domain/files/bitstream-store.ts'
import type { Bundle } from '../../domain/records/record.ts'
import { withConstraints } from '../pg-errors.ts'
import type { Schema } from '../schema.ts'

/** See `BitstreamStore.enter`. The triggers of all tables fire once, at the statement's end. */
export async function enterFile(db: Kysely<Schema>, entry: FileEntry): Promise<EnteredFile> {
  const { bitstream, itemId } = entry
  const result = await withConstraints(() =>
    sql<{ sequence_id: number; mimetype: string }>`
      with item as (
        update record set modified_at = ${bitstream.createdAt}, version = version + 1, file_sequence = file_sequence + 1
        where id = ${itemId} returning file_sequence
      ), made as (
        insert into bundle (id, item_id, name, metadata, version, created_at, modified_at, position)
        select n.*, (select coalesce(max(position) + 1, 0) from bundle where item_id = ${itemId})
        from jsonb_to_recordset(${JSON.stringify(bundleRows(entry.newBundle))}::jsonb) as n (id uuid, item_id uuid,
          name text, metadata jsonb, version bigint, created_at timestamptz, modified_at timestamptz)
      ), file as (
        insert into bitstream
          (id, bundle_id, position, sequence_id, format_id, sha256, metadata, version, created_at, modified_at)
        select ${bitstream.id}, ${bitstream.bundleId}::uuid,
          (select coalesce(max(position) + 1, 0) from bitstream where bundle_id = ${bitstream.bundleId}::uuid),
          item.file_sequence, ${bitstream.formatId}, ${bitstream.content.sha256},
          ${JSON.stringify(bitstream.metadata)}::jsonb, ${bitstream.version}, ${bitstream.createdAt},
          ${bitstream.modifiedAt}
        from item returning sequence_id
      ), named as (
        insert into datastream
          (bitstream_id, item_id, dsid, state, control_group, versionable, checksum_type, mimetype, dated_at)
        select ${bitstream.id}, ${itemId}, n.dsid, coalesce(n.state, 'A'), coalesce(n.control_group, 'M'),
          coalesce(n.versionable, true), coalesce(n.checksum_type, 'DISABLED'), nullif(n.mimetype, t.mimetype),
          ${bitstream.createdAt}
        from jsonb_to_recordset(${JSON.stringify(factRows(entry.facts))}::jsonb) as n (dsid text, state text,
            control_group text, versionable boolean, checksum_type text, mimetype text)
          join bitstream_format t on t.id = ${bitstream.formatId}
      ), allowed as (
        insert into resource_policy
          (resource_id, action, person_id, group_id, start_date, end_date, name, description, origin)
        select * from jsonb_to_recordset(${JSON.stringify(policyRows(entry.policies))}::jsonb) as n (resource_id uuid,
          action text, person_id uuid, group_id uuid, start_date date, end_date date, name text, description text,
          origin text)
      )
      select file.sequence_id, coalesce(${entry.facts?.mimetype ?? null}, t.mimetype) as mimetype
      from file join bitstream_format t on t.id = ${bitstream.formatId}
    `.execute(db),
  )
  const [row] = result.rows
  if (row === undefined) throw notFound('item', itemId)
  return { bitstream: { ...bitstream, sequenceId: row.sequence_id }, mimetype: row.mimetype }
}

function bundleRows(bundle: Bundle | undefined) {
  if (bundle === undefined) return []
  const { id, itemId, name, metadata, version, createdAt, modifiedAt } = bundle
  return [{ id, item_id: itemId, name, metadata, version, created_at: createdAt, modified_at: modifiedAt }]
}

function factRows(facts: FileEntry['facts']) {
  if (facts === undefined) return []
  const { dsid, state, controlGroup, versionable, checksumType, mimetype } = facts
  return [{ dsid, state, control_group: controlGroup, versionable, checksum_type: checksumType, mimetype }]
}

function policyRows(policies: FileEntry['policies']) {
  return policies.map((policy) => ({
    resource_id: policy.resourceId,
    action: policy.action,
    person_id: policy.personId,
    group_id: policy.groupId,
    start_date: policy.startDate,
    end_date: policy.endDate,
    name: policy.name,
    description: policy.description,
    origin: policy.origin,
  }))
}
