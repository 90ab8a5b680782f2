import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { MetadataField } from '../../domain/records/record.ts'
import type { FieldQuery, FieldStore } from '../../domain/registries/registry-store.ts'
import { pageClause, toPage, type SortColumns } from '../page-query.ts'
import { withConstraints } from '../pg-errors.ts'
import type { Schema } from '../schema.ts'

/** The registry of metadata fields in PostgreSQL. */
export function postgresFieldStore(db: Kysely<Schema>): FieldStore {
  return {
    async find(id) {
      const result = await sql<MetadataField>`select ${FIELD_COLUMNS} ${FROM} where f.id = ${id}`.execute(db)
      return result.rows[0]
    },
    async ofSchema(schemaId) {
      const result = await sql<MetadataField>`
        select ${FIELD_COLUMNS} ${FROM} where f.schema_id = ${schemaId} order by f.id
      `.execute(db)
      return result.rows
    },
    list: (query, page) => list(db, query, page),
    async unknownAmong(names) {
      if (names.length === 0) return []
      const result = await sql<{ name: string }>`
        select wanted.name from unnest(${names}::text[]) with ordinality as wanted (name, place)
        where not exists (select ${FROM} where ${named(sql`wanted.name`)})
        order by wanted.place
      `.execute(db)
      return result.rows.map((row) => row.name)
    },
    async countUses(names) {
      const result = await sql<{ name: string; uses: number }>`
        select field.key as name, sum(jsonb_array_length(field.value))::bigint as uses from (
          select metadata from record union all select metadata from bundle
          union all select metadata from bitstream union all select metadata from person
          union all select metadata from person_group
        ) described, jsonb_each(described.metadata) field
        where described.metadata ?| ${names}::text[] and field.key = any(${names}::text[])
        group by field.key
      `.execute(db)
      return new Map(result.rows.map((row) => [row.name, row.uses]))
    },
    insert: (field) => insert(db, field),
    async update({ id, schemaId, element, qualifier, scopeNote }) {
      await withConstraints(() =>
        db
          .updateTable('metadata_field')
          .set({ schema_id: schemaId, element, qualifier, scope_note: scopeNote })
          .where('id', '=', id)
          .execute(),
      )
    },
    async delete(id) {
      await db.deleteFrom('metadata_field').where('id', '=', id).execute()
    },
    async seed(fields) {
      await sql`
        with seeded as (
          insert into metadata_field (id, schema_id, element, qualifier, scope_note)
          select id, "schemaId", element, qualifier, "scopeNote"
          from jsonb_to_recordset(${JSON.stringify(fields)}::jsonb)
            as f (id integer, "schemaId" integer, element text, qualifier text, "scopeNote" text)
          returning id
        )
        select setval(pg_get_serial_sequence('metadata_field', 'id'), max(id)) from seeded
      `.execute(db)
    },
  }
}

const FIELD_COLUMNS = sql.raw(
  'f.id, f.schema_id as "schemaId", s.prefix as "schemaPrefix", f.element, f.qualifier, f.scope_note as "scopeNote"',
)
const FROM = sql.raw('from metadata_field f join metadata_schema s on s.id = f.schema_id')
const KEY = sql`f.id`
const LOCAL_NAME = sql`concat_ws('.', f.element, f.qualifier)`
const NAME = sql`concat_ws('.', s.prefix, f.element, f.qualifier)`
const SORTS: SortColumns = { name: NAME, id: KEY }

/** The field of a full name: found by its parts, which are indexed, then compared as a whole. */
function named(name: RawBuilder<string>): RawBuilder<boolean> {
  return sql<boolean>`(
    s.prefix = split_part(${name}, '.', 1) and f.element = split_part(${name}, '.', 2)
    and f.qualifier is not distinct from nullif(split_part(${name}, '.', 3), '')
    and ${NAME} = ${name}
  )`
}

async function list(db: Kysely<Schema>, query: FieldQuery, page: PageRequest): Promise<Page<MetadataField>> {
  const from = sql`${FROM} where ${sql.join(conditions(query), sql` and `)}`
  const clause = pageClause(page, SORTS, KEY)
  const [rows, count] = await Promise.all([
    sql<MetadataField>`select ${FIELD_COLUMNS} ${from} ${clause}`.execute(db),
    sql<{ total: number }>`select count(*) as total ${from}`.execute(db),
  ])
  return toPage(page, rows.rows, count.rows[0]?.total ?? 0, (field) => field)
}

function conditions(query: FieldQuery): RawBuilder<boolean>[] {
  const parts = [sql<boolean>`true`]
  if (query.schema !== undefined) parts.push(sql`s.prefix = ${query.schema}`)
  if (query.element !== undefined) parts.push(sql`f.element = ${query.element}`)
  if (query.qualifier !== undefined) parts.push(sql`f.qualifier = ${query.qualifier}`)
  if (query.exactName !== undefined) parts.push(named(sql`${query.exactName}::text`))
  if (query.query !== undefined) {
    const start = query.query.toLowerCase()
    parts.push(sql`(
      starts_with(lower(${NAME}), ${start}) or starts_with(lower(${LOCAL_NAME}), ${start})
      or starts_with(lower(f.qualifier), ${start})
    )`)
  }
  return parts
}

async function insert(
  db: Kysely<Schema>,
  field: Omit<MetadataField, 'id' | 'schemaPrefix'>,
): Promise<MetadataField> {
  const result = await withConstraints(() =>
    sql<MetadataField>`
      with f as (
        insert into metadata_field (schema_id, element, qualifier, scope_note)
        values (${field.schemaId}, ${field.element}, ${field.qualifier}, ${field.scopeNote}) returning *
      )
      select ${FIELD_COLUMNS} from f join metadata_schema s on s.id = f.schema_id
    `.execute(db),
  )
  const inserted = result.rows[0]
  if (inserted === undefined) throw new Error('An inserted field was not returned')
  return inserted
}
