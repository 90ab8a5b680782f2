import { sql, type Selectable } from 'kysely'
import type { Relationship } from '../../domain/relationships/relationship.ts'
import type { RelationshipTable } from '../schema.ts'

export type RelationshipRow = Selectable<RelationshipTable>

/** The columns of a row of `relationship s`. */
export const RELATIONSHIP_COLUMNS = sql.raw('s.*')

/** A row as the relationship that it is. */
export function toRelationship(row: RelationshipRow): Relationship {
  return {
    id: row.id,
    typeId: row.type_id,
    leftItemId: row.left_item_id,
    rightItemId: row.right_item_id,
    leftPlace: row.left_place,
    rightPlace: row.right_place,
    leftwardValue: row.leftward_value,
    rightwardValue: row.rightward_value,
    version: row.version,
  }
}
