import { sql, type Kysely } from 'kysely'
import type { ItemQuery, ItemStore } from '../../domain/items/item-store.ts'
import type { Item } from '../../domain/records/record.ts'
import { RECORD_COLUMNS, toRecord, type RecordRow } from '../records/record-rows.ts'
import {
  deleteRecordTree,
  findRecord,
  findRecords,
  hasWords,
  insertRecord,
  listRecords,
  updateRecord,
} from '../records/record-queries.ts'
import type { Schema } from '../schema.ts'

/** Items in PostgreSQL. */
export function postgresItemStore(db: Kysely<Schema>): ItemStore {
  return {
    find: (id) => findRecord(db, 'item', id),
    list: (query, page) => listRecords(db, 'item', { grants: query.grants, where: condition(query), page }),
    findAll: (ids, grants) => findRecords(db, 'item', ids, grants),
    async templatesOf(collectionIds) {
      const result = await sql<RecordRow>`
        select ${RECORD_COLUMNS} from record r where r.template_of_id = any(${collectionIds}::uuid[])
      `.execute(db)
      return new Map(result.rows.map((row) => [row.template_of_id ?? '', toRecord(row) as Item]))
    },
    insert: (item) => insertRecord(db, item),
    update: (item) => updateRecord(db, item),
    delete: (id) => deleteRecordTree(db, id),
    async map(itemId, collectionId) {
      await db
        .insertInto('mapped_collection')
        .values({ item_id: itemId, collection_id: collectionId })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
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
