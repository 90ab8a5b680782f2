import { sql, type Kysely } from 'kysely'
import type { MetadataSchema } from '../../domain/records/record.ts'
import type { SchemaStore } from '../../domain/registries/registry-store.ts'
import { pageClause, toPage, type SortColumns } from '../page-query.ts'
import { withConstraints } from '../pg-errors.ts'
import type { Schema } from '../schema.ts'

/** The registry of metadata schemas in PostgreSQL. */
export function postgresSchemaStore(db: Kysely<Schema>): SchemaStore {
  return {
    find: (id) => db.selectFrom('metadata_schema').selectAll().where('id', '=', id).executeTakeFirst(),
    async findAll(ids) {
      const result = await sql<MetadataSchema>`
        select id, prefix, namespace from metadata_schema where id = any(${ids}::integer[])
      `.execute(db)
      return new Map(result.rows.map((schema) => [schema.id, schema]))
    },
    byPrefix: (prefix) =>
      db.selectFrom('metadata_schema').selectAll().where('prefix', '=', prefix).executeTakeFirst(),
    async list(page) {
      const clause = pageClause(page, SORTS, KEY)
      const [rows, count] = await Promise.all([
        sql<MetadataSchema>`select id, prefix, namespace from metadata_schema ${clause}`.execute(db),
        sql<{ total: number }>`select count(*) as total from metadata_schema`.execute(db),
      ])
      return toPage(page, rows.rows, count.rows[0]?.total ?? 0, (schema) => schema)
    },
    insert: ({ prefix, namespace }) =>
      withConstraints(() =>
        db
          .insertInto('metadata_schema')
          .values({ prefix, namespace })
          .returningAll()
          .executeTakeFirstOrThrow(),
      ),
    async update({ id, prefix, namespace }) {
      await withConstraints(() =>
        db.updateTable('metadata_schema').set({ prefix, namespace }).where('id', '=', id).execute(),
      )
    },
    async delete(id) {
      await db.deleteFrom('metadata_field').where('schema_id', '=', id).execute()
      await db.deleteFrom('metadata_schema').where('id', '=', id).execute()
    },
    async seed(schemas) {
      await sql`
        with seeded as (
          insert into metadata_schema (id, prefix, namespace)
          select id, prefix, namespace
          from jsonb_to_recordset(${JSON.stringify(schemas)}::jsonb) as s (id integer, prefix text, namespace text)
          returning id
        )
        select setval(pg_get_serial_sequence('metadata_schema', 'id'), max(id)) from seeded
      `.execute(db)
    },
  }
}

const KEY = sql`id`
const SORTS: SortColumns = { prefix: sql`prefix`, namespace: sql`namespace`, id: KEY }
