import { sql, type Selectable } from 'kysely'
import type { Guarded } from '../../domain/access/guarded.ts'
import { ownMetadata, withVirtual } from '../../domain/metadata/virtual-values.ts'
import type { Collection, Community, Item, Site } from '../../domain/records/record.ts'
import { accessOf, containerOfItem, policiesColumn, type PolicyColumn } from '../access/access-columns.ts'
import type { RecordTable } from '../schema.ts'

export type RecordRow = Omit<Selectable<RecordTable>, 'title'>
export type AnyRecord = Site | Community | Collection | Item

export const RECORD_COLUMNS = sql.raw(
  [
    'id',
    'kind',
    'handle',
    'pid',
    'parent_id',
    'template_of_id',
    'submitter_id',
    'logo_id',
    'in_archive',
    'withdrawn',
    'discoverable',
    'metadata',
    'virtual_metadata',
    'version',
    'created_at',
    'modified_at',
  ]
    .map((column) => `r.${column}`)
    .join(', '),
)

export const RESOURCE = sql<string>`r.id`
/** The community or collection whose administrators rule over a row of `record r`. */
export const CONTAINER = sql<
  string | null
>`case r.kind when 'item' then ${containerOfItem('r')} else r.id end`
export const POLICIES = policiesColumn(RESOURCE)

export type GuardedRow = RecordRow & { policies: PolicyColumn }

/** A row as the record of its kind. */
export function toRecord(row: RecordRow): AnyRecord {
  const common = {
    id: row.id,
    handle: row.handle,
    pid: row.pid,
    metadata: withVirtual(row.metadata, row.virtual_metadata),
    version: row.version,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  }
  switch (row.kind) {
    case 'site':
      return { kind: 'site', ...common }
    case 'community':
      return { kind: 'community', ...common, parentId: row.parent_id, logoId: row.logo_id }
    case 'collection':
      if (row.parent_id === null) throw new Error(`Collection ${row.id} has no community`)
      return { kind: 'collection', ...common, parentId: row.parent_id, logoId: row.logo_id }
    case 'item':
      return {
        kind: 'item',
        ...common,
        owningCollectionId: row.parent_id,
        templateOfId: row.template_of_id,
        submitterId: row.submitter_id,
        inArchive: row.in_archive,
        withdrawn: row.withdrawn,
        discoverable: row.discoverable,
      }
  }
}

/** A record as a row. What an item shows of others is not its editors' to write. */
export function toRow(record: AnyRecord): Omit<RecordRow, 'virtual_metadata'> {
  const item = record.kind === 'item' ? record : undefined
  return {
    id: record.id,
    kind: record.kind,
    handle: record.handle,
    pid: record.pid,
    parent_id: parentOf(record),
    template_of_id: item?.templateOfId ?? null,
    submitter_id: item?.submitterId ?? null,
    logo_id: record.kind === 'community' || record.kind === 'collection' ? record.logoId : null,
    in_archive: item?.inArchive ?? true,
    withdrawn: item?.withdrawn ?? false,
    discoverable: item?.discoverable ?? true,
    metadata: item === undefined ? record.metadata : ownMetadata(record.metadata),
    version: record.version,
    created_at: record.createdAt,
    modified_at: record.modifiedAt,
  }
}

function parentOf(record: AnyRecord): string | null {
  if (record.kind === 'site') return null
  return record.kind === 'item' ? record.owningCollectionId : record.parentId
}

/** A row with its policies as a record with what decides on it. */
export function toGuarded(row: GuardedRow): Guarded<AnyRecord> {
  const container = row.kind === 'item' ? (row.parent_id ?? row.template_of_id) : row.id
  return { value: toRecord(row), access: accessOf(container, row.policies) }
}
