import { sql, type RawBuilder } from 'kysely'
import type { Grants } from '../../domain/access/grants.ts'

/**
 * The rule of access as an SQL condition on a row: `resource` is the uuid that policies hang on, `container` the
 * uuid of the community or collection that rules over it. Nothing granted means `false`.
 */
export function accessFilter(
  grants: Grants,
  columns: { resource: RawBuilder<string>; container: RawBuilder<string | null> },
): RawBuilder<boolean> {
  if (grants.kind === 'everything') return sql<boolean>`true`
  if (grants.kind === 'nothing') return sql<boolean>`false`
  return sql<boolean>`(
    coalesce(${columns.container} = any(${grants.administers}::uuid[]), false)
    or exists (
      select from resource_policy p
      where p.resource_id = ${columns.resource}
        and p.action = ${grants.action}
        and (p.group_id = any(${grants.groupIds}::uuid[]) or p.person_id = ${grants.personId}::uuid)
        and (p.start_date is null or p.start_date <= ${grants.today}::date)
        and (p.end_date is null or p.end_date >= ${grants.today}::date)
    )
  )`
}
