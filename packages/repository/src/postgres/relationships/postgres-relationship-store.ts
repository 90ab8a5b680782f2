import { sql, type Kysely } from 'kysely'
import { versionConflict } from '../../domain/errors.ts'
import type { Metadata } from '../../domain/metadata/metadata.ts'
import type { Relationship, Side } from '../../domain/relationships/relationship.ts'
import type { RelationshipStore } from '../../domain/relationships/relationship-store.ts'
import { withConstraints } from '../pg-errors.ts'
import type { Schema } from '../schema.ts'
import { findRelationship, listRelationships, relationshipsOfItems } from './relationship-queries.ts'
import { RELATIONSHIP_COLUMNS, toRelationship, type RelationshipRow } from './relationship-rows.ts'

/** Relationships of items in PostgreSQL. */
export function postgresRelationshipStore(db: Kysely<Schema>): RelationshipStore {
  return {
    find: (id) => findRelationship(db, id),
    list: (query, page) => listRelationships(db, query, page),
    ofItems: (ids, grants, size) => relationshipsOfItems(db, ids, grants, size),
    async lockItems(ids) {
      // In one order for everybody, or two would wait for each other. Foreign keys may still refer to the rows.
      await sql`
        select id from record where id = any(${[...ids]}::uuid[]) order by id for no key update
      `.execute(db)
    },
    async ofAny(itemIds, labels) {
      const [onLeft, onRight] = [named('t.leftward_type', labels), named('t.rightward_type', labels)]
      const result = await sql<RelationshipRow>`
        select ${RELATIONSHIP_COLUMNS} from relationship s join relationship_type t on t.id = s.type_id
        where s.left_item_id = any(${itemIds}::uuid[]) and ${onLeft}
        union
        select ${RELATIONSHIP_COLUMNS} from relationship s join relationship_type t on t.id = s.type_id
        where s.right_item_id = any(${itemIds}::uuid[]) and ${onRight}
      `.execute(db)
      return result.rows.map(toRelationship)
    },
    async showing(wanted) {
      const result = await sql<{ itemId: string; label: string; shownIn: string }>`
        select w.id as "itemId", w.label, s.left_item_id as "shownIn"
        from ${wantedItems(wanted)} join relationship s on s.right_item_id = w.id
          join relationship_type t on t.id = s.type_id and t.leftward_type = w.label
        union
        select w.id, w.label, s.right_item_id
        from ${wantedItems(wanted)} join relationship s on s.left_item_id = w.id
          join relationship_type t on t.id = s.type_id and t.rightward_type = w.label
      `.execute(db)
      return result.rows
    },
    async within(recordId) {
      const result = await sql<RelationshipRow & { left_goes: boolean; right_goes: boolean }>`
        with recursive tree as (
          select ${recordId}::uuid as id
          union all
          select r.id from record r join tree on r.parent_id = tree.id
        ), concerned as (
          select s.id from tree join relationship s on s.left_item_id = tree.id
          union
          select s.id from tree join relationship s on s.right_item_id = tree.id
        )
        select ${RELATIONSHIP_COLUMNS},
          exists (select from tree where id = s.left_item_id) as left_goes,
          exists (select from tree where id = s.right_item_id) as right_goes
        from concerned join relationship s on s.id = concerned.id
      `.execute(db)
      return result.rows.map((row) => ({ ...toRelationship(row), goes: goingSides(row) }))
    },
    async ownMetadata(itemIds, fields) {
      const result = await sql<{ id: string; metadata: Metadata | null }>`
        select r.id, (
          select jsonb_object_agg(key, value) from jsonb_each(r.metadata) where key = any(${fields}::text[])
        ) as metadata
        from record r where r.id = any(${itemIds}::uuid[])
      `.execute(db)
      return new Map(result.rows.map((row) => [row.id, row.metadata ?? {}]))
    },
    async insert(relationship) {
      const row = await withConstraints(() =>
        db
          .insertInto('relationship')
          .values(toColumns(relationship))
          .returningAll()
          .executeTakeFirstOrThrow(),
      )
      return toRelationship(row)
    },
    async update({ id, version, ...relationship }) {
      const row = await db
        .updateTable('relationship')
        .set({ ...toColumns(relationship), version: version + 1 })
        .where('id', '=', id)
        .where('version', '=', version)
        .returningAll()
        .executeTakeFirst()
      if (row === undefined) throw versionConflict(String(id), version, null)
      return toRelationship(row)
    },
    async delete(ids) {
      await sql`delete from relationship where id = any(${ids}::integer[])`.execute(db)
    },
    async savePlaces(side, places) {
      const column = sql.ref(`${side}_place`)
      await sql`
        update relationship s set ${column} = p.place, version = s.version + 1
        from unnest(${places.map(({ id }) => id)}::integer[], ${places.map(({ place }) => place)}::integer[])
          as p (id, place)
        where s.id = p.id and s.${column} <> p.place
      `.execute(db)
    },
    async saveVirtual(items, now) {
      await sql`
        update record r set virtual_metadata = n.virtual, version = r.version + 1, modified_at = ${now}
        from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as n (id uuid, virtual jsonb)
        where r.id = n.id and r.virtual_metadata <> n.virtual
      `.execute(db)
    },
  }
}

function named(column: string, labels: readonly string[] | undefined) {
  return labels === undefined ? sql`true` : sql`${sql.ref(column)} = any(${labels}::text[])`
}

function wantedItems(wanted: readonly { itemId: string; label: string }[]) {
  const [ids, labels] = [wanted.map(({ itemId }) => itemId), wanted.map(({ label }) => label)]
  return sql`unnest(${ids}::uuid[], ${labels}::text[]) as w (id, label)`
}

function goingSides(row: { left_goes: boolean; right_goes: boolean }): Side[] {
  return [...(row.left_goes ? ['left' as const] : []), ...(row.right_goes ? ['right' as const] : [])]
}

function toColumns(relationship: Omit<Relationship, 'id' | 'version'>) {
  return {
    type_id: relationship.typeId,
    left_item_id: relationship.leftItemId,
    right_item_id: relationship.rightItemId,
    left_place: relationship.leftPlace,
    right_place: relationship.rightPlace,
    leftward_value: relationship.leftwardValue,
    rightward_value: relationship.rightwardValue,
  }
}
