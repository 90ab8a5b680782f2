import { sql, type Kysely, type Selectable } from 'kysely'
import type { ResourcePolicy } from '../../domain/access/policy.ts'
import type { PolicyStore } from '../../domain/access/policy-store.ts'
import type { PolicyTable, Schema } from '../schema.ts'

/** Resource policies in PostgreSQL. */
export function postgresPolicyStore(db: Kysely<Schema>): PolicyStore {
  return {
    async find(id) {
      const row = await db.selectFrom('resource_policy').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? undefined : toPolicy(row)
    },
    async ofResources(resourceIds) {
      const rows = await db
        .selectFrom('resource_policy')
        .selectAll()
        .where('resource_id', '=', sql<string>`any(${resourceIds}::uuid[])`)
        .orderBy('id')
        .execute()
      return rows.map(toPolicy)
    },
    async insert(policies) {
      if (policies.length === 0) return []
      const column = <K extends keyof (typeof policies)[number]>(key: K) =>
        policies.map((policy) => policy[key])
      const result = await sql<Selectable<PolicyTable>>`
        insert into resource_policy
          (resource_id, action, person_id, group_id, start_date, end_date, name, description, origin)
        select * from unnest(
          ${column('resourceId')}::uuid[], ${column('action')}::text[], ${column('personId')}::uuid[],
          ${column('groupId')}::uuid[], ${column('startDate')}::date[], ${column('endDate')}::date[],
          ${column('name')}::text[], ${column('description')}::text[], ${column('origin')}::text[])
        returning *
      `.execute(db)
      return result.rows.map(toPolicy)
    },
    async remove(resourceIds, { action, origin, groupId } = {}) {
      let statement = db
        .deleteFrom('resource_policy')
        .where('resource_id', '=', sql<string>`any(${resourceIds}::uuid[])`)
      if (action !== undefined) statement = statement.where('action', '=', action)
      if (origin !== undefined) statement = statement.where('origin', '=', origin)
      if (groupId !== undefined) statement = statement.where('group_id', '=', groupId)
      await statement.execute()
    },
    async switchAction(resourceIds, from, to) {
      await db
        .updateTable('resource_policy')
        .set({ action: to })
        .where('resource_id', '=', sql<string>`any(${resourceIds}::uuid[])`)
        .where('action', '=', from)
        .execute()
    },
    async resourcesOfItem(itemId) {
      const result = await sql<{ bundles: string[]; bitstreams: string[] }>`
        select coalesce(array_agg(distinct b.id) filter (where b.id is not null), '{}') as bundles,
          coalesce(array_agg(distinct f.id) filter (where f.id is not null), '{}') as bitstreams
        from bundle b left join bitstream f on f.bundle_id = b.id where b.item_id = ${itemId}
      `.execute(db)
      return result.rows[0] ?? { bundles: [], bitstreams: [] }
    },
  }
}

function toPolicy(row: Selectable<PolicyTable>): ResourcePolicy {
  return {
    id: row.id,
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
