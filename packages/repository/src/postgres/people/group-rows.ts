import { sql, type Insertable, type Selectable } from 'kysely'
import type { Group } from '../../domain/records/record.ts'
import type { GroupTable } from '../schema.ts'

export type GroupRow = Selectable<GroupTable>

/** The columns of {@link GroupRow}, of `person_group g`. */
export const GROUP_COLUMNS = sql.raw(
  ['id', 'name', 'permanent', 'metadata', 'version', 'created_at', 'modified_at']
    .map((column) => `g.${column}`)
    .join(', '),
)

export function toGroup(row: GroupRow): Group {
  return {
    kind: 'group',
    id: row.id,
    name: row.name,
    permanent: row.permanent,
    metadata: row.metadata,
    version: row.version,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  }
}

export function toGroupRow(group: Group): Insertable<GroupTable> {
  return {
    id: group.id,
    name: group.name,
    permanent: group.permanent,
    metadata: JSON.stringify(group.metadata),
    version: group.version,
    created_at: group.createdAt,
    modified_at: group.modifiedAt,
  }
}
