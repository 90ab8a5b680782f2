import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely'
import type { NewPolicy } from '../../domain/access/policy.ts'
import type { BundlePlace, FileHome, HomeStore } from '../../domain/files/home-store.ts'
import type { Bundle, Item } from '../../domain/records/record.ts'
import { containerOfItem, policiesColumn, policiesOf, type PolicyColumn } from '../access/access-columns.ts'
import { RECORD_COLUMNS, toRecord, type RecordRow } from '../records/record-rows.ts'
import type { BundleTable, PolicyTable, Schema } from '../schema.ts'

type PolicyRow = Omit<Selectable<PolicyTable>, 'id'>
/** As JSON, hence with moments as text. */
type BundleJson = Omit<Selectable<BundleTable>, 'position' | 'created_at' | 'modified_at'> & {
  created_at: string
  modified_at: string
}
type HomeRow = RecordRow & {
  item_policies: PolicyRow[] | null
  bundle: BundleJson | null
  bundle_policies: PolicyRow[] | null
  collection_policies: PolicyColumn
}

/** Items as homes of files, in PostgreSQL. */
export function postgresHomeStore(db: Kysely<Schema>): HomeStore {
  return {
    async lock(ids) {
      await sql`
        select from record where id = any(array(
          select unnest(${ids}::uuid[])
          union all select item_id from bundle where id = any(${ids}::uuid[])
          union all select b.item_id from bitstream f join bundle b on b.id = f.bundle_id where f.id = any(${ids}::uuid[])
        )) order by id for no key update
      `.execute(db)
    },
    async find(place) {
      const result = await sql<HomeRow>`
        select ${RECORD_COLUMNS}, ${fullPolicies(sql`r.id`)} as item_policies, row_to_json(b) as bundle,
          ${fullPolicies(sql`b.id`)} as bundle_policies,
          ${policiesColumn(containerOfItem('r'))} as collection_policies
        ${from(place)}
      `.execute(db)
      return result.rows[0] === undefined ? undefined : toHome(result.rows[0])
    },
    async touch(itemId, now) {
      await sql`
        update record set modified_at = ${now}, version = version + 1 where id = ${itemId} and kind = 'item'
      `.execute(db)
    },
  }
}

function from(place: BundlePlace): RawBuilder<unknown> {
  return 'bundleId' in place
    ? sql`from bundle b join record r on r.id = b.item_id where b.id = ${place.bundleId}`
    : sql`from record r left join bundle b on b.item_id = r.id and b.name = ${place.name}
        where r.id = ${place.itemId} and r.kind = 'item'`
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
