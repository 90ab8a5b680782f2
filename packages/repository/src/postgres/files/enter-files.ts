import { sql, type Kysely } from 'kysely'
import { notFound } from '../../domain/errors.ts'
import type { EnteredFile, FileEntry } from '../../domain/files/bitstream-store.ts'
import { withConstraints } from '../pg-errors.ts'
import type { Schema } from '../schema.ts'

interface EnteredRow {
  id: string
  sequence_id: number
  mimetype: string
}

/** See `BitstreamStore.enter`. The triggers of all tables fire once, at the statement's end. */
export async function enterFiles(
  db: Kysely<Schema>,
  entries: readonly FileEntry[],
): Promise<readonly EnteredFile[]> {
  const result = await withConstraints(() =>
    sql<EnteredRow>`
      with entry as materialized (
        select n.*, (select t.mimetype from bitstream_format t where t.id = n.format_id) as format_mimetype
        from jsonb_to_recordset(${JSON.stringify(entries.map(fileRow))}::jsonb) as n (id uuid, item_id uuid,
          bundle_id uuid, format_id integer, sha256 text, metadata jsonb, version bigint, created_at timestamptz,
          modified_at timestamptz, dsid text, state text, control_group text, versionable boolean, checksum_type text,
          mimetype text)
      ), item as (
        update record r set modified_at = e.created_at, version = r.version + 1, file_sequence = r.file_sequence + 1
        from entry e
        -- An array, so that the planner cannot but look up the few.
        where r.id = e.item_id and r.id = any(array(select item_id from entry))
        returning r.id, r.file_sequence
      ), made as (
        insert into bundle (id, item_id, name, metadata, version, created_at, modified_at, position)
        select n.*, (select coalesce(max(b.position) + 1, 0) from bundle b where b.item_id = n.item_id)
        from jsonb_to_recordset(${JSON.stringify(entries.flatMap(bundleRows))}::jsonb) as n (id uuid, item_id uuid,
          name text, metadata jsonb, version bigint, created_at timestamptz, modified_at timestamptz)
      ), file as (
        insert into bitstream
          (id, bundle_id, position, sequence_id, format_id, sha256, metadata, version, created_at, modified_at)
        select e.id, e.bundle_id,
          (select coalesce(max(f.position) + 1, 0) from bitstream f where f.bundle_id = e.bundle_id),
          item.file_sequence, e.format_id, e.sha256, e.metadata, e.version, e.created_at, e.modified_at
        from entry e join item on item.id = e.item_id
      ), named as (
        insert into datastream
          (bitstream_id, item_id, dsid, state, control_group, versionable, checksum_type, mimetype, dated_at)
        select id, item_id, dsid, coalesce(state, 'A'), coalesce(control_group, 'M'), coalesce(versionable, true),
          coalesce(checksum_type, 'DISABLED'), nullif(mimetype, format_mimetype), created_at
        from entry where dsid is not null
      ), allowed as (
        insert into resource_policy
          (resource_id, action, person_id, group_id, start_date, end_date, name, description, origin)
        select * from jsonb_to_recordset(${JSON.stringify(entries.flatMap(policyRows))}::jsonb) as n (resource_id uuid,
          action text, person_id uuid, group_id uuid, start_date date, end_date date, name text, description text,
          origin text)
      )
      select e.id, item.file_sequence as sequence_id, coalesce(e.mimetype, e.format_mimetype) as mimetype
      from entry e join item on item.id = e.item_id
    `.execute(db),
  )
  const rows = new Map(result.rows.map((row) => [row.id, row]))
  return entries.map(({ bitstream, itemId }) => {
    const row = rows.get(bitstream.id)
    if (row === undefined) throw notFound('item', itemId)
    return { bitstream: { ...bitstream, sequenceId: row.sequence_id }, mimetype: row.mimetype }
  })
}

function fileRow({ bitstream, itemId, facts }: FileEntry) {
  const { id, bundleId, formatId, content, metadata, version, createdAt, modifiedAt } = bitstream
  return {
    id,
    item_id: itemId,
    bundle_id: bundleId,
    format_id: formatId,
    sha256: content.sha256,
    metadata,
    version,
    created_at: createdAt,
    modified_at: modifiedAt,
    dsid: facts?.dsid,
    state: facts?.state,
    control_group: facts?.controlGroup,
    versionable: facts?.versionable,
    checksum_type: facts?.checksumType,
    mimetype: facts?.mimetype,
  }
}

function bundleRows({ newBundle }: FileEntry) {
  if (newBundle === undefined) return []
  const { id, itemId, name, metadata, version, createdAt, modifiedAt } = newBundle
  return [{ id, item_id: itemId, name, metadata, version, created_at: createdAt, modified_at: modifiedAt }]
}

function policyRows({ policies }: FileEntry) {
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
