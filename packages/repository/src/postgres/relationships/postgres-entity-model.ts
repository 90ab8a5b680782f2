import { sql, type Kysely } from 'kysely'
import type { EntityModelStore } from '../../domain/relationships/entity-model.ts'
import type { EntityType, RelationshipType, Side } from '../../domain/relationships/relationship.ts'
import { accessFilter } from '../access/access-filter.ts'
import { pageClause, toPage, type SortColumns } from '../page-query.ts'
import type { Schema } from '../schema.ts'

/** Entity types and types of relationships in PostgreSQL. */
export function postgresEntityModel(db: Kysely<Schema>): EntityModelStore {
  return {
    async types() {
      const result = await sql<TypeRow>`select ${TYPE_COLUMNS} ${FROM_TYPES}`.execute(db)
      return new Map(result.rows.map((row) => [row.id, toType(row)]))
    },
    entityType: (id) => db.selectFrom('entity_type').selectAll().where('id', '=', id).executeTakeFirst(),
    entityTypeOf: (label) =>
      db.selectFrom('entity_type').selectAll().where('label', '=', label).executeTakeFirst(),
    async listEntityTypes({ submitTo, labels }, page) {
      const condition =
        submitTo === undefined
          ? sql<boolean>`true`
          : sql<boolean>`e.label in (
              select coalesce(r.metadata -> 'dspace.entity.type' -> 0 ->> 'value', 'none') from record r
              where r.kind = 'collection' and ${accessFilter(submitTo, { resource: sql`r.id`, container: sql`r.id` })}
            )`
      const named = labels === undefined ? sql<boolean>`true` : sql<boolean>`e.label = any(${labels}::text[])`
      const from = sql`from entity_type e where ${condition} and ${named}`
      const clause = pageClause(page, ENTITY_SORTS, sql`e.id`)
      const [rows, count] = await Promise.all([
        sql<EntityType>`select e.id, e.label ${from} ${clause}`.execute(db),
        sql<{ total: number }>`select count(*) as total ${from}`.execute(db),
      ])
      return toPage(page, rows.rows, count.rows[0]?.total ?? 0, (row) => row)
    },
    async listTypes({ entityTypeId }, page) {
      const condition =
        entityTypeId === undefined
          ? sql<boolean>`true`
          : sql<boolean>`${entityTypeId}::integer in (t.left_type_id, t.right_type_id)`
      const from = sql`${FROM_TYPES} where ${condition}`
      const clause = pageClause(page, TYPE_SORTS, sql`t.id`)
      const [rows, count] = await Promise.all([
        sql<TypeRow>`select ${TYPE_COLUMNS} ${from} ${clause}`.execute(db),
        sql<{ total: number }>`select count(*) as total ${from}`.execute(db),
      ])
      return toPage(page, rows.rows, count.rows[0]?.total ?? 0, toType)
    },
    async seed(entityTypes, types) {
      await sql`
        with seeded as (
          insert into entity_type (id, label)
          select id, label from jsonb_to_recordset(${JSON.stringify(entityTypes)}::jsonb) as e (id integer, label text)
          returning id
        )
        select setval(pg_get_serial_sequence('entity_type', 'id'), max(id)) from seeded
      `.execute(db)
      await sql`
        with seeded as (
          insert into relationship_type
          select * from jsonb_populate_recordset(null::relationship_type, ${JSON.stringify(types.map(toRow))}::jsonb)
          returning id
        )
        select setval(pg_get_serial_sequence('relationship_type', 'id'), max(id)) from seeded
      `.execute(db)
    },
  }
}

interface TypeRow {
  id: number
  left_type_id: number
  left_label: string
  right_type_id: number
  right_label: string
  leftward_type: string
  rightward_type: string
  left_min: number | null
  left_max: number | null
  right_min: number | null
  right_max: number | null
  copy_to_left: boolean
  copy_to_right: boolean
  tilted: Side | null
}

const TYPE_COLUMNS = sql.raw('t.*, le.label as left_label, ri.label as right_label')
const FROM_TYPES = sql.raw(
  'from relationship_type t join entity_type le on le.id = t.left_type_id join entity_type ri on ri.id = t.right_type_id',
)
const ENTITY_SORTS: SortColumns = { label: sql`e.label`, id: sql`e.id` }
const TYPE_SORTS: SortColumns = {
  id: sql`t.id`,
  leftwardType: sql`t.leftward_type`,
  rightwardType: sql`t.rightward_type`,
}

function toType(row: TypeRow): RelationshipType {
  return {
    id: row.id,
    leftType: { id: row.left_type_id, label: row.left_label },
    rightType: { id: row.right_type_id, label: row.right_label },
    leftwardType: row.leftward_type,
    rightwardType: row.rightward_type,
    leftCardinality: { min: row.left_min, max: row.left_max },
    rightCardinality: { min: row.right_min, max: row.right_max },
    copyToLeft: row.copy_to_left,
    copyToRight: row.copy_to_right,
    tilted: row.tilted,
  }
}

function toRow(type: RelationshipType): Omit<TypeRow, 'left_label' | 'right_label'> {
  return {
    id: type.id,
    left_type_id: type.leftType.id,
    right_type_id: type.rightType.id,
    leftward_type: type.leftwardType,
    rightward_type: type.rightwardType,
    left_min: type.leftCardinality.min,
    left_max: type.leftCardinality.max,
    right_min: type.rightCardinality.min,
    right_max: type.rightCardinality.max,
    copy_to_left: type.copyToLeft,
    copy_to_right: type.copyToRight,
    tilted: type.tilted,
  }
}
