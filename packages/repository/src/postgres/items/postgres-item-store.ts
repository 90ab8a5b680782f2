import { sql, type Kysely } from 'kysely'
import type { ItemQuery, ItemStore } from '../../domain/items/item-store.ts'
import type { Item } from '../../domain/records/record.ts'
import { withConstraints } from '../pg-errors.ts'
import { RECORD_COLUMNS, toRecord, toRow, type RecordRow } from '../records/record-rows.ts'
import {
  deleteRecordTree,
  findRecord,
  findRecords,
  firstOfEach,
  hasWords,
  insertRecord,
  listRecords,
  updateRecord,
} from '../records/record-queries.ts'
import { writeDatasetParts } from '../datasets/write-dataset-parts.ts'
import type { Schema } from '../schema.ts'
import { itemSightings } from './sight-items.ts'

/** Items in PostgreSQL. */
export function postgresItemStore(db: Kysely<Schema>): ItemStore {
  const sight = itemSightings(db)
  return {
    find: (id) => findRecord(db, 'item', id),
    sight: async (id, known) => (await sight([{ id, known }], null)).found?.[0],
    list: (query, page) => listRecords(db, 'item', { grants: query.grants, where: condition(query), page }),
    findAll: (ids, grants) => findRecords(db, 'item', ids, grants),
    mappedOf: (groups, grants, size) =>
      firstOfEach(db, {
        kind: 'item',
        from: sql`from mapped_collection m join record r on r.id = m.item_id`,
        group: sql`m.collection_id`,
        groups,
        grants,
        size,
      }),
    async withCustomUrl(url) {
      const wanted = JSON.stringify([{ value: url }])
      const result = await sql<{ id: string }>`
        select r.id from record r
        where r.kind = 'item' and r.template_of_id is null
          and r.metadata ? 'dspace.customurl' and r.metadata -> 'dspace.customurl' @> ${wanted}::jsonb
        limit 2
      `.execute(db)
      return result.rows.map((row) => row.id)
    },
    async templatesOf(collectionIds) {
      const result = await sql<RecordRow>`
        select ${RECORD_COLUMNS} from record r where r.template_of_id = any(${collectionIds}::uuid[])
      `.execute(db)
      return new Map(result.rows.map((row) => [row.template_of_id ?? '', toRecord(row) as Item]))
    },
    async insert(item) {
      await insertRecord(db, item)
      await writeDatasetParts(db, [{ item }])
    },
    async insertMany(items) {
      if (items.length === 0) return
      const rows = items.map(({ item, files }) => ({ ...toRow(item), file_sequence: files }))
      await withConstraints(() =>
        sql`
          insert into record (id, kind, handle, pid, parent_id, template_of_id, submitter_id, in_archive, withdrawn,
            discoverable, file_sequence, metadata, version, created_at, modified_at)
          select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (id uuid, kind text, handle text,
            pid text, parent_id uuid, template_of_id uuid, submitter_id uuid, in_archive boolean, withdrawn boolean,
            discoverable boolean, file_sequence integer, metadata jsonb, version bigint, created_at timestamptz,
            modified_at timestamptz)
        `.execute(db),
      )
      await writeDatasetParts(db, items)
    },
    async update(item) {
      const updated = await updateRecord(db, item)
      await writeDatasetParts(db, [{ item }])
      return updated
    },
    delete: (id) => deleteRecordTree(db, id),
    async map(itemId, collectionId) {
      await withConstraints(() =>
        db
          .insertInto('mapped_collection')
          .values({ item_id: itemId, collection_id: collectionId })
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      )
    },
    async unmap(itemId, collectionId) {
      await db
        .deleteFrom('mapped_collection')
        .where('item_id', '=', itemId)
        .where('collection_id', '=', collectionId)
        .execute()
    },
  }
}

function condition(query: ItemQuery) {
  const parts = [sql<boolean>`r.template_of_id is null`, hasWords(query.words)]
  if (query.archived === true) parts.push(sql`r.in_archive and not r.withdrawn`)
  if (query.mappedInto !== undefined) parts.push(mapped(query.mappedInto))
  if (query.collectionId !== undefined) {
    parts.push(sql`(r.parent_id = ${query.collectionId} or ${mapped(query.collectionId)})`)
  }
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

function mapped(collectionId: string) {
  return sql<boolean>`exists (
    select from mapped_collection m where m.item_id = r.id and m.collection_id = ${collectionId}
  )`
}
