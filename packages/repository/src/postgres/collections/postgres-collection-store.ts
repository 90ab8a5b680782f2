import { sql, type Kysely } from 'kysely'
import type { CollectionQuery, CollectionStore } from '../../domain/collections/collection-store.ts'
import {
  deleteContainerTree,
  findRecord,
  findRecords,
  firstOfEach,
  hasWords,
  insertRecord,
  listRecords,
  updateRecord,
} from '../records/record-queries.ts'
import type { Schema } from '../schema.ts'

/** Collections in PostgreSQL. */
export function postgresCollectionStore(db: Kysely<Schema>): CollectionStore {
  return {
    find: (id) => findRecord(db, 'collection', id),
    list: (query, page) =>
      listRecords(db, 'collection', {
        grants: query.grants,
        where: condition(query),
        page,
        natural: sql`lower(r.title)`,
      }),
    findAll: (ids, grants) => findRecords(db, 'collection', ids, grants),
    ofCommunities: (groups, grants, size) =>
      firstOfEach(db, {
        kind: 'collection',
        from: sql`from record r`,
        group: sql`r.parent_id`,
        groups,
        grants,
        size,
      }),
    mappedOf: (groups, grants, size) =>
      firstOfEach(db, {
        kind: 'collection',
        from: sql`from mapped_collection m join record r on r.id = m.collection_id`,
        group: sql`m.item_id`,
        groups,
        grants,
        size,
      }),
    insert: (collection) => insertRecord(db, collection),
    update: (collection) => updateRecord(db, collection),
    deleteTree: (id) => deleteContainerTree(db, id),
  }
}

function condition(query: CollectionQuery) {
  const parts = [hasWords(query.words)]
  if (query.communityId !== undefined) parts.push(sql`r.parent_id = ${query.communityId}`)
  if (query.mappedItemId !== undefined) {
    parts.push(sql`exists (
      select from mapped_collection m where m.collection_id = r.id and m.item_id = ${query.mappedItemId}
    )`)
  }
  if (query.entityType !== undefined) {
    parts.push(sql`r.metadata -> 'dspace.entity.type' -> 0 ->> 'value' = ${query.entityType}`)
  }
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}
