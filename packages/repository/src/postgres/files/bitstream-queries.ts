import { sql, type Kysely } from 'kysely'
import type { BitstreamReader, GuardedBitstream } from '../../domain/files/bitstream-store.ts'
import type { Bitstream } from '../../domain/records/record.ts'
import type { Grants } from '../../domain/access/grants.ts'
import { accessFilter, type AccessColumns } from '../access/access-filter.ts'
import {
  accessOf,
  containerOfItem,
  policiesColumn,
  policiesOf,
  type PolicyColumn,
} from '../access/access-columns.ts'
import { pageClause, toPage } from '../page-query.ts'
import { pagesByGroup } from '../records/record-queries.ts'
import type { Schema } from '../schema.ts'
import { BITSTREAM_COLUMNS, BITSTREAM_FROM, toBitstream, type BitstreamRow } from './bitstream-rows.ts'

/** A file with what decides on it: the row of {@link GUARDED_COLUMNS}. */
export type GuardedBitstreamRow = BitstreamRow & {
  policies: PolicyColumn
  bundle_policies: PolicyColumn
  item_policies: PolicyColumn
  item_id: string | null
  container: string | null
  logo_of: string | null
}

const RESOURCE = sql<string>`f.id`
const LOGO_OF = sql<string | null>`(select l.id from record l where l.logo_id = f.id limit 1)`
const CONTAINER = sql<string | null>`coalesce(${containerOfItem('i')}, ${LOGO_OF})`
const ITEM = sql<string | null>`b.item_id`
const ACCESS: AccessColumns = {
  resource: RESOURCE,
  container: CONTAINER,
  above: [sql`f.bundle_id`, ITEM],
}
const NAME = sql`f.metadata -> 'dc.title' -> 0 ->> 'value'`

/** The columns of {@link GuardedBitstreamRow}, from `BITSTREAM_FROM`. */
export const GUARDED_COLUMNS = sql`${BITSTREAM_COLUMNS}, ${policiesColumn(RESOURCE)} as policies,
  ${policiesColumn(sql`coalesce(f.bundle_id, ${LOGO_OF})`)} as bundle_policies,
  ${policiesColumn(ITEM)} as item_policies, b.item_id, ${CONTAINER} as container, ${LOGO_OF} as logo_of`

/** Reads of files in PostgreSQL. */
export function bitstreamQueries(db: Kysely<Schema>): BitstreamReader {
  return {
    async find(id) {
      const result = await sql<GuardedBitstreamRow>`
        select ${GUARDED_COLUMNS} ${BITSTREAM_FROM} where f.id = ${id}
      `.execute(db)
      return result.rows[0] === undefined ? undefined : toGuardedBitstream(result.rows[0])
    },
    async list({ bundleId }, page) {
      const clause = pageClause(page, { name: NAME, sizeBytes: sql`c.size` }, RESOURCE, sql`f.position`)
      const [rows, count] = await Promise.all([
        sql<BitstreamRow>`select ${BITSTREAM_COLUMNS} ${BITSTREAM_FROM} where f.bundle_id = ${bundleId} ${clause}`.execute(
          db,
        ),
        sql<{ total: number }>`select count(*) as total from bitstream where bundle_id = ${bundleId}`.execute(
          db,
        ),
      ])
      return toPage(page, rows.rows, count.rows[0]?.total ?? 0, toBitstream)
    },
    findAll: (ids, grants) => byId(db, sql`f.id = any(${ids}::uuid[])`, grants),
    async ofBundles(bundleIds, size) {
      const result = await sql<BitstreamRow & { group_id: string; total: number }>`
        select * from (
          select ${BITSTREAM_COLUMNS}, f.bundle_id as group_id, count(*) over (partition by f.bundle_id) as total,
            row_number() over (partition by f.bundle_id order by f.position, f.id) as place
          ${BITSTREAM_FROM} where f.bundle_id = any(${bundleIds}::uuid[])
        ) placed where place <= ${size} order by place
      `.execute(db)
      return pagesByGroup(result.rows, size, toBitstream)
    },
    async thumbnailsOfItems(itemIds, grants) {
      // The thumbnail of the primary file where there is one, else of the first one that has a thumbnail.
      const result = await sql<BitstreamRow & { of: string }>`
        select distinct on (b.item_id) ${BITSTREAM_COLUMNS}, b.item_id as of ${BITSTREAM_FROM}
        left join bundle original on original.item_id = b.item_id and original.name = 'ORIGINAL'
        left join bitstream main on main.id = original.primary_bitstream_id
        where b.item_id = any(${itemIds}::uuid[]) and b.name = 'THUMBNAIL' and ${granted(grants)}
        order by b.item_id,
          (${NAME} = (main.metadata -> 'dc.title' -> 0 ->> 'value') || '.jpg') desc nulls last, f.position, f.id
      `.execute(db)
      return new Map(result.rows.map((row) => [row.of, toBitstream(row)]))
    },
    async thumbnailsOfBitstreams(ids, grants) {
      const result = await sql<BitstreamRow & { of: string }>`
        select distinct on (source.id) ${BITSTREAM_COLUMNS}, source.id as of
        from bitstream source
        join bundle home on home.id = source.bundle_id and home.name = 'ORIGINAL'
        join bundle b on b.item_id = home.item_id and b.name = 'THUMBNAIL'
        join record i on i.id = b.item_id
        join bitstream f on f.bundle_id = b.id
          and f.metadata -> 'dc.title' -> 0 ->> 'value' = (source.metadata -> 'dc.title' -> 0 ->> 'value') || '.jpg'
        join content c on c.sha256 = f.sha256
        where source.id = any(${ids}::uuid[]) and ${granted(grants)}
        order by source.id, f.position
      `.execute(db)
      return new Map(result.rows.map((row) => [row.of, toBitstream(row)]))
    },
    async ofItem(itemId, { sequenceId, name }) {
      const wanted =
        sequenceId === undefined ? sql`${NAME} = ${name ?? null}` : sql`f.sequence_id = ${sequenceId}`
      const result = await sql<BitstreamRow>`
        select ${BITSTREAM_COLUMNS} ${BITSTREAM_FROM} where b.item_id = ${itemId} and ${wanted}
        order by b.position, f.position limit 1
      `.execute(db)
      return result.rows[0] === undefined ? undefined : toBitstream(result.rows[0])
    },
    async orderOf(bundleId) {
      const result = await sql<{ id: string }>`
        select id from bitstream where bundle_id = ${bundleId} order by position, id
      `.execute(db)
      return result.rows.map((row) => row.id)
    },
  }
}

function granted(grants: Grants) {
  return accessFilter(grants, ACCESS)
}

async function byId(
  db: Kysely<Schema>,
  where: ReturnType<typeof sql>,
  grants: Grants,
): Promise<ReadonlyMap<string, Bitstream>> {
  const result = await sql<BitstreamRow>`
    select ${BITSTREAM_COLUMNS} ${BITSTREAM_FROM} where ${where} and ${granted(grants)}
  `.execute(db)
  return new Map(result.rows.map((row) => [row.id, toBitstream(row)]))
}

/** A row as a file with what decides on it. */
export function toGuardedBitstream(row: GuardedBitstreamRow): GuardedBitstream {
  const ofBundle = policiesOf(row.bundle_policies)
  const access = accessOf(row.container, row.policies, [...ofBundle, ...policiesOf(row.item_policies)])
  return {
    value: toBitstream(row),
    access,
    metadataAccess: { ...access, policies: [...access.policies, ...ofBundle] },
    itemId: row.item_id,
    logoOfId: row.logo_of,
  }
}
