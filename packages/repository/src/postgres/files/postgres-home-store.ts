import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely'
import type { NewPolicy } from '../../domain/access/policy.ts'
import type { BundlePlace, FileHome, HomeStore } from '../../domain/files/home-store.ts'
import type { Bundle, Item } from '../../domain/records/record.ts'
import { containerOfItem, policiesColumn, policiesOf, type PolicyColumn } from '../access/access-columns.ts'
import { RECORD_COLUMNS, toRecord, type RecordRow } from '../records/record-rows.ts'
import type { BundleTable, PolicyTable, Schema } from '../schema.ts'
import { textArray } from '../text-array.ts'

type PolicyRow = Omit<Selectable<PolicyTable>, 'id'>
/** As JSON, hence with moments as text. */
type BundleJson = Omit<Selectable<BundleTable>, 'position' | 'created_at' | 'modified_at'> & {
  created_at: string
  modified_at: string
}
type HomeRow = RecordRow & {
  place: number
  item_policies: PolicyRow[] | null
  bundle: BundleJson | null
  bundle_policies: PolicyRow[] | null
  collection_policies: PolicyColumn
}

/** Items as homes of files, in PostgreSQL. */
export function postgresHomeStore(db: Kysely<Schema>): HomeStore {
  const findAll = async (places: readonly BundlePlace[]): Promise<readonly (FileHome | undefined)[]> => {
    const result = await sql<HomeRow>`
      select p.place, ${RECORD_COLUMNS}, ${fullPolicies(sql`r.id`)} as item_policies, row_to_json(b) as bundle,
        ${fullPolicies(sql`b.id`)} as bundle_policies,
        ${policiesColumn(containerOfItem('r'))} as collection_policies
      from jsonb_to_recordset(${JSON.stringify(places.map(toPlaceRow))}::jsonb)
          as p (place integer, item_id uuid, name text, bundle_id uuid)
        -- The lateral queries keep the planner from reading all of a table for a handful of its rows.
        left join lateral (select * from bundle where id = p.bundle_id limit 1) known on true
        cross join lateral (
          select * from record where id = coalesce(p.item_id, known.item_id) and kind = 'item' limit 1
        ) r
        left join lateral (
          select * from bundle where item_id = r.id and (id = p.bundle_id or name = p.name) limit 1
        ) b on true
    `.execute(db)
    const rows = new Map(result.rows.map((row) => [row.place, row]))
    return places.map((_, place) => {
      const row = rows.get(place)
      return row === undefined ? undefined : toHome(row)
    })
  }
  return {
    async lock(ids) {
      await sql`select from record where id = any(${itemsOf(ids)}) order by id for no key update`.execute(db)
    },
    async lockFree(ids) {
      const result = await sql<{ id: string }>`
        select id from record where id = any(${itemsOf(ids)}) order by id for no key update skip locked
      `.execute(db)
      return new Set(result.rows.map(({ id }) => id))
    },
    findAll,
    find: async (place) => (await findAll([place]))[0],
    async touch(itemId, now) {
      await sql`
        update record set modified_at = ${now}, version = version + 1 where id = ${itemId} and kind = 'item'
      `.execute(db)
    },
  }
}

/** The items among these, and those that these bundles and files are in. */
function itemsOf(ids: readonly string[]): RawBuilder<unknown> {
  const given = sql`${textArray(ids)}::uuid[]`
  return sql`array(
    select unnest(${given})
    union all select item_id from bundle where id = any(${given})
    union all select b.item_id from bitstream f join bundle b on b.id = f.bundle_id where f.id = any(${given})
  )`
}

function toPlaceRow(place: BundlePlace, index: number) {
  return 'bundleId' in place
    ? { place: index, bundle_id: place.bundleId }
    : { place: index, item_id: place.itemId, name: place.name }
}

function fullPolicies(resource: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select json_agg(p order by p.id) from resource_policy p where p.resource_id = ${resource})`
}

function toHome(row: HomeRow): FileHome {
  const itemPolicies = (row.item_policies ?? []).map(toPolicy)
  const bundlePolicies = (row.bundle_policies ?? []).map(toPolicy)
  const item = toRecord(row) as Item
  const container = item.owningCollectionId ?? item.templateOfId
  const containerIds = container === null ? [] : [container]
  return {
    item: { value: item, access: { containerIds, policies: itemPolicies, above: [] } },
    itemPolicies,
    bundle:
      row.bundle === null
        ? undefined
        : {
            value: toBundle(row.bundle),
            access: { containerIds, policies: bundlePolicies, above: itemPolicies },
          },
    bundlePolicies,
    collectionPolicies: policiesOf(row.collection_policies),
  }
}

function toBundle(row: BundleJson): Bundle {
  return {
    kind: 'bundle',
    id: row.id,
    itemId: row.item_id,
    name: row.name,
    primaryBitstreamId: row.primary_bitstream_id,
    metadata: row.metadata,
    version: row.version,
    createdAt: new Date(row.created_at),
    modifiedAt: new Date(row.modified_at),
  }
}

function toPolicy(row: PolicyRow): NewPolicy {
  return {
    resourceId: row.resource_id,
    action: row.action,
    personId: row.person_id,
    groupId: row.group_id,
    startDate: row.start_date,
    endDate: row.end_date,
    name: row.name,
    description: row.description,
    origin: row.origin,
  }
}
