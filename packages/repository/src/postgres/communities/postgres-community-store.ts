import { sql, type Kysely } from 'kysely'
import type { CommunityStore } from '../../domain/communities/community-store.ts'
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

/** Communities in PostgreSQL. */
export function postgresCommunityStore(db: Kysely<Schema>): CommunityStore {
  return {
    find: (id) => findRecord(db, 'community', id),
    list({ grants, parentId, words }, page) {
      const within =
        parentId === undefined
          ? sql<boolean>`true`
          : sql<boolean>`r.parent_id is not distinct from ${parentId}::uuid`
      return listRecords(db, 'community', {
        grants,
        where: sql<boolean>`${within} and ${hasWords(words)}`,
        page,
        natural: sql`lower(r.title)`,
      })
    },
    findAll: (ids, grants) => findRecords(db, 'community', ids, grants),
    childrenOf: (groups, grants, size) =>
      firstOfEach(db, {
        kind: 'community',
        from: sql`from record r`,
        group: sql`r.parent_id`,
        groups,
        grants,
        size,
      }),
    async countArchivedItems(containerIds) {
      const result = await sql<{ root: string; total: number }>`
        with recursive tree as (
          select id as root, id from record where id = any(${containerIds}::uuid[])
          union all
          select tree.root, r.id from record r join tree on r.parent_id = tree.id where r.kind <> 'item'
        )
        select tree.root, count(*) as total from tree
        join record i on i.parent_id = tree.id and i.kind = 'item' and i.in_archive and not i.withdrawn
        group by tree.root
      `.execute(db)
      return new Map(result.rows.map((row) => [row.root, row.total]))
    },
    insert: (community) => insertRecord(db, community),
    update: (community) => updateRecord(db, community),
    deleteTree: (id) => deleteContainerTree(db, id),
  }
}
