import { sql, type Kysely, type Selectable } from 'kysely'
import type { Guarded } from '../../domain/access/guarded.ts'
import { versionConflict } from '../../domain/errors.ts'
import type { BundleStore } from '../../domain/files/bundle-store.ts'
import type { Bundle } from '../../domain/records/record.ts'
import { accessFilter, type AccessColumns } from '../access/access-filter.ts'
import {
  accessOf,
  containerOfItem,
  policiesColumn,
  policiesOf,
  type PolicyColumn,
} from '../access/access-columns.ts'
import { pageClause, toPage } from '../page-query.ts'
import { withConstraints } from '../pg-errors.ts'
import { pagesByGroup } from '../records/record-queries.ts'
import type { BundleTable, Schema } from '../schema.ts'

type BundleRow = Omit<Selectable<BundleTable>, 'position'>
type GuardedRow = BundleRow & {
  policies: PolicyColumn
  item_policies: PolicyColumn
  container: string | null
}

const COLUMNS = sql.raw(
  'b.id, b.item_id, b.name, b.primary_bitstream_id, b.metadata, b.version, b.created_at, b.modified_at',
)
const FROM = sql`from bundle b join record i on i.id = b.item_id`
const KEY = sql<string>`b.id`
const CONTAINER = containerOfItem('i')
const ITEM = sql<string>`b.item_id`
const ACCESS: AccessColumns = { resource: KEY, container: CONTAINER, above: [ITEM] }

/** Bundles in PostgreSQL. */
export function postgresBundleStore(db: Kysely<Schema>): BundleStore {
  return {
    async find(id) {
      const result = await sql<GuardedRow>`
        select ${COLUMNS}, ${policiesColumn(KEY)} as policies, ${policiesColumn(ITEM)} as item_policies,
          ${CONTAINER} as container
        ${FROM} where b.id = ${id}
      `.execute(db)
      return result.rows[0] === undefined ? undefined : toGuardedBundle(result.rows[0])
    },
    async list({ itemId, grants }, page) {
      const from = sql`${FROM} where b.item_id = ${itemId}
        and ${accessFilter(grants, ACCESS)}`
      const clause = pageClause(page, { name: sql`b.name` }, KEY, sql`b.position`)
      const [rows, count] = await Promise.all([
        sql<BundleRow>`select ${COLUMNS} ${from} ${clause}`.execute(db),
        sql<{ total: number }>`select count(*) as total ${from}`.execute(db),
      ])
      return toPage(page, rows.rows, count.rows[0]?.total ?? 0, toBundle)
    },
    async findAll(ids, grants) {
      const result = await sql<BundleRow>`select ${COLUMNS} ${FROM} where b.id = any(${ids}::uuid[])
        and ${accessFilter(grants, ACCESS)}`.execute(db)
      return new Map(result.rows.map((row) => [row.id, toBundle(row)]))
    },
    async ofItems(itemIds, grants, size) {
      const result = await sql<BundleRow & { group_id: string; total: number }>`
        select * from (
          select ${COLUMNS}, b.item_id as group_id, count(*) over (partition by b.item_id) as total,
            row_number() over (partition by b.item_id order by b.position, b.id) as place
          ${FROM} where b.item_id = any(${itemIds}::uuid[])
            and ${accessFilter(grants, ACCESS)}
        ) placed where place <= ${size} order by place
      `.execute(db)
      return pagesByGroup(result.rows, size, toBundle)
    },
    async named(itemId, name) {
      const result = await sql<BundleRow>`select ${COLUMNS} from bundle b
        where b.item_id = ${itemId} and b.name = ${name} order by b.position limit 1`.execute(db)
      return result.rows[0] === undefined ? undefined : toBundle(result.rows[0])
    },
    async insert(bundle) {
      await withConstraints(() =>
        db
          .insertInto('bundle')
          .values((eb) => ({
            ...changeable(bundle),
            id: bundle.id,
            item_id: bundle.itemId,
            version: bundle.version,
            created_at: bundle.createdAt,
            position: eb
              .selectFrom('bundle')
              .where('item_id', '=', bundle.itemId)
              .select(sql<number>`coalesce(max(position), -1) + 1`.as('next')),
          }))
          .execute(),
      )
    },
    async insertMany(bundles) {
      if (bundles.length === 0) return
      const places = new Map<string, number>()
      const rows = bundles.map((bundle) => {
        const position = places.get(bundle.itemId) ?? 0
        places.set(bundle.itemId, position + 1)
        const { id, itemId, name, metadata, version, createdAt, modifiedAt } = bundle
        return {
          id,
          item_id: itemId,
          name,
          position,
          metadata,
          version,
          created_at: createdAt,
          modified_at: modifiedAt,
        }
      })
      await sql`
        insert into bundle (id, item_id, name, position, metadata, version, created_at, modified_at)
        select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (id uuid, item_id uuid, name text,
          position integer, metadata jsonb, version bigint, created_at timestamptz, modified_at timestamptz)
      `.execute(db)
    },
    async setPrimaries(bundles) {
      if (bundles.length === 0) return
      await sql`
        update bundle b set primary_bitstream_id = row.primary_id
        from unnest(${bundles.map(({ id }) => id)}::uuid[],
          ${bundles.map(({ primaryBitstreamId }) => primaryBitstreamId)}::uuid[]) as row (id, primary_id)
        where b.id = row.id
      `.execute(db)
    },
    async update(bundle) {
      const result = await db
        .updateTable('bundle')
        .set({ ...changeable(bundle), version: bundle.version + 1 })
        .where('id', '=', bundle.id)
        .where('version', '=', bundle.version)
        .executeTakeFirst()
      if (result.numUpdatedRows === 0n) throw versionConflict(bundle.id, bundle.version, null)
      return { ...bundle, version: bundle.version + 1 }
    },
    async delete(id) {
      await db.deleteFrom('bundle').where('id', '=', id).execute()
    },
  }
}

function toGuardedBundle(row: GuardedRow): Guarded<Bundle> {
  return {
    value: toBundle(row),
    access: accessOf(row.container, row.policies, policiesOf(row.item_policies)),
  }
}

function toBundle(row: BundleRow): Bundle {
  return {
    kind: 'bundle',
    id: row.id,
    itemId: row.item_id,
    name: row.name,
    primaryBitstreamId: row.primary_bitstream_id,
    metadata: row.metadata,
    version: row.version,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  }
}

function changeable(bundle: Bundle) {
  return {
    name: bundle.name,
    primary_bitstream_id: bundle.primaryBitstreamId,
    metadata: JSON.stringify(bundle.metadata),
    modified_at: bundle.modifiedAt,
  }
}
