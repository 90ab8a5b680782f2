import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely'
import type { ResourcePolicy } from '../../domain/access/policy.ts'
import type { PolicyQuery, PolicyStore } from '../../domain/access/policy-store.ts'
import { pageClause, toPage } from '../page-query.ts'
import type { PolicyTable, Schema } from '../schema.ts'

/** Resource policies in PostgreSQL. */
export function postgresPolicyStore(db: Kysely<Schema>): PolicyStore {
  return {
    async find(id) {
      const row = await db.selectFrom('resource_policy').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? undefined : toPolicy(row)
    },
    async list(query, page) {
      const from = sql`from resource_policy p where ${condition(query)}`
      const [rows, count] = await Promise.all([
        sql<PolicyRow>`select p.* ${from} ${pageClause(page, {}, sql`p.id`)}`.execute(db),
        sql<{ total: number }>`select count(*) as total ${from}`.execute(db),
      ])
      return toPage(page, rows.rows, count.rows[0]?.total ?? 0, toPolicy)
    },
    async ofResources(resourceIds, action) {
      let statement = db
        .selectFrom('resource_policy')
        .selectAll()
        .where('resource_id', '=', sql<string>`any(${resourceIds}::uuid[])`)
        .orderBy('id')
      if (action !== undefined) statement = statement.where('action', '=', action)
      return (await statement.execute()).map(toPolicy)
    },
    async insert(policies) {
      if (policies.length === 0) return []
      const column = <K extends keyof (typeof policies)[number]>(key: K) =>
        policies.map((policy) => policy[key])
      const result = await sql<PolicyRow>`
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
    async update({ id, ...policy }) {
      await db
        .updateTable('resource_policy')
        .set({
          action: policy.action,
          person_id: policy.personId,
          group_id: policy.groupId,
          start_date: policy.startDate,
          end_date: policy.endDate,
          name: policy.name,
          description: policy.description,
          origin: policy.origin,
        })
        .where('id', '=', id)
        .execute()
    },
    async delete(id) {
      await db.deleteFrom('resource_policy').where('id', '=', id).execute()
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

type PolicyRow = Selectable<PolicyTable>

function condition({ resourceId, action, personId, groupId }: PolicyQuery): RawBuilder<boolean> {
  const parts = [sql<boolean>`true`]
  if (resourceId !== undefined) parts.push(sql`p.resource_id = ${resourceId}`)
  if (action !== undefined) parts.push(sql`p.action = ${action}`)
  if (personId !== undefined) parts.push(sql`p.person_id = ${personId}`)
  if (groupId !== undefined) parts.push(sql`p.group_id = ${groupId}`)
  return sql.join(parts, sql` and `)
}

function toPolicy(row: PolicyRow): ResourcePolicy {
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
