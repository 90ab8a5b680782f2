import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely'
import type { Page, PageRequest } from '../../domain/page.ts'
import { UNKNOWN_FORMAT_ID, type BitstreamFormat } from '../../domain/records/record.ts'
import type { FormatStore } from '../../domain/registries/registry-store.ts'
import { pageClause, toPage, type SortColumns } from '../page-query.ts'
import { withConstraints } from '../pg-errors.ts'
import type { Schema } from '../schema.ts'

/** The registry of bitstream formats in PostgreSQL. */
export function postgresFormatStore(db: Kysely<Schema>): FormatStore {
  return {
    find: (id) => findFrom(db, sql`bitstream_format f where f.id = ${id}`),
    async findAll(ids) {
      const result = await sql<FormatRow>`
        select f.* from bitstream_format f where f.id = any(${ids}::integer[])
      `.execute(db)
      return new Map(result.rows.map((row) => [row.id, toFormat(row)]))
    },
    list: (page) => list(db, page),
    guess: (mimetype, extension) => guess(db, mimetype, extension),
    async insert(format) {
      const row = await withConstraints(() =>
        db.insertInto('bitstream_format').values(toRow(format)).returningAll().executeTakeFirstOrThrow(),
      )
      return toFormat(row)
    },
    async update(format) {
      await withConstraints(() =>
        db.updateTable('bitstream_format').set(toRow(format)).where('id', '=', format.id).execute(),
      )
    },
    async delete(id) {
      await sql`
        update bitstream set format_id = ${UNKNOWN_FORMAT_ID}, version = version + 1 where format_id = ${id}
      `.execute(db)
      await db.deleteFrom('bitstream_format').where('id', '=', id).execute()
    },
    async seed(formats) {
      const rows = formats.map((format) => ({ id: format.id, ...toRow(format) }))
      await sql`
        with seeded as (
          insert into bitstream_format
          select f.* from jsonb_populate_recordset(null::bitstream_format, ${JSON.stringify(rows)}::jsonb) f
          returning id
        )
        select setval(pg_get_serial_sequence('bitstream_format', 'id'), max(id)) from seeded
      `.execute(db)
    },
  }
}

type FormatRow = Selectable<Schema['bitstream_format']>

const KEY = sql`f.id`
const SORTS: SortColumns = {
  shortDescription: sql`lower(f.short_description)`,
  mimetype: sql`f.mimetype`,
  id: KEY,
}
/** What programs say of a file when they know nothing of it. */
const ANY_BYTES = 'application/octet-stream'

async function findFrom(db: Kysely<Schema>, from: RawBuilder<unknown>): Promise<BitstreamFormat | undefined> {
  const result = await sql<FormatRow>`select f.* from ${from}`.execute(db)
  return result.rows[0] === undefined ? undefined : toFormat(result.rows[0])
}

async function list(db: Kysely<Schema>, page: PageRequest): Promise<Page<BitstreamFormat>> {
  const clause = pageClause(page, SORTS, KEY)
  const [rows, count] = await Promise.all([
    sql<FormatRow>`select f.* from bitstream_format f ${clause}`.execute(db),
    sql<{ total: number }>`select count(*) as total from bitstream_format`.execute(db),
  ])
  return toPage(page, rows.rows, count.rows[0]?.total ?? 0, toFormat)
}

async function guess(
  db: Kysely<Schema>,
  mimetype: string | undefined,
  extension: string | undefined,
): Promise<BitstreamFormat | undefined> {
  const named = mimetype?.split(';')[0]?.trim().toLowerCase() ?? ''
  const type = named === ANY_BYTES ? '' : named
  const ending = extension?.replace(/^\./, '').toLowerCase() ?? ''
  return findFrom(
    db,
    sql`bitstream_format f
      where not f.internal and (lower(f.mimetype) = ${type} or ${ending} = any(f.extensions))
      order by lower(f.mimetype) = ${type} desc, ${ending} = any(f.extensions) desc, f.id limit 1`,
  )
}

function toFormat(row: FormatRow): BitstreamFormat {
  return {
    id: row.id,
    shortDescription: row.short_description,
    description: row.description,
    mimetype: row.mimetype,
    supportLevel: row.support_level,
    internal: row.internal,
    extensions: row.extensions,
  }
}

function toRow(format: Omit<BitstreamFormat, 'id'>) {
  return {
    short_description: format.shortDescription,
    description: format.description,
    mimetype: format.mimetype,
    support_level: format.supportLevel,
    internal: format.internal,
    extensions: [...format.extensions],
  }
}
