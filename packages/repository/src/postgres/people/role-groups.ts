import { sql, type Kysely } from 'kysely'
import type { Action } from '../../domain/access/policy.ts'
import type { Group } from '../../domain/records/record.ts'
import type { Schema } from '../schema.ts'
import { GROUP_COLUMNS, toGroup, type GroupRow } from './group-rows.ts'

/** See `GroupReader.roleGroups`; one statement, however many records. */
export async function roleGroups(
  db: Kysely<Schema>,
  recordIds: readonly string[],
  role: string,
  byDefault?: Action,
): Promise<ReadonlyMap<string, Group>> {
  const result = await sql<GroupRow & { record_id: string }>`
    select distinct on (held.record_id) held.record_id, ${GROUP_COLUMNS}
    from (
      select record_id, group_id, 0 as place from role_group
      where record_id = any(${recordIds}::uuid[]) and role = ${role}
      union all
      select resource_id, group_id, id from resource_policy
      where resource_id = any(${recordIds}::uuid[]) and action = ${byDefault ?? null}::text
    ) held join person_group g on g.id = held.group_id
    order by held.record_id, held.place
  `.execute(db)
  return new Map(result.rows.map((row) => [row.record_id, toGroup(row)]))
}
