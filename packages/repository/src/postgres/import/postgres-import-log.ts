import { sql, type Kysely } from 'kysely'
import type { ImportLog } from '../../domain/import/import-log.ts'
import type { Schema } from '../schema.ts'

interface Row {
  key: string
  item_id: string
  handle: string | null
}

/** What imports have brought, in PostgreSQL. */
export function postgresImportLog(db: Kysely<Schema>): ImportLog {
  const from = sql`from import_row i left join record r on r.id = i.item_id`
  return {
    async known(importId, keys) {
      const result = await sql<Row>`
        select i.key, i.item_id, r.handle ${from} where i.import_id = ${importId} and i.key = any(${keys}::text[])
      `.execute(db)
      return result.rows.map(toItem)
    },
    async after(importId, key, limit) {
      const result = await sql<Row>`
        select i.key, i.item_id, r.handle ${from} where i.import_id = ${importId} and i.key > ${key}
        order by i.key limit ${limit}
      `.execute(db)
      return result.rows.map(toItem)
    },
    async record(importId, items) {
      await sql`
        insert into import_row (import_id, key, item_id)
        select ${importId}, * from unnest(${items.map(({ key }) => key)}::text[],
          ${items.map(({ itemId }) => itemId)}::uuid[])
      `.execute(db)
    },
  }
}

function toItem({ key, item_id, handle }: Row) {
  return { key, itemId: item_id, handle }
}
