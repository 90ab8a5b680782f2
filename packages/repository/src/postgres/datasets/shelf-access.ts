import { sql, type RawBuilder } from 'kysely'
import type { Grants } from '../../domain/access/grants.ts'

/** The rule of access as an SQL condition on a row of `dataset_shelf s`: see `access-filter.ts`, and `listed` beside it. */
export function shelfFilter(grants: Grants): RawBuilder<boolean> {
  if (grants.kind === 'everything') return sql<boolean>`true`
  if (grants.kind === 'nothing') return sql<boolean>`false`
  const { personId, groupIds, administers, today } = grants
  const isAdministered = sql<boolean>`coalesce(s.container_id = any(${administers}::uuid[]), false)`
  return sql<boolean>`(
    ${isAdministered}
    or s.listed and (
      s.reader_groups && ${groupIds}::uuid[]
      or coalesce(${personId}::uuid = any(s.reader_people), false)
      or s.periods <> '[]' and exists (
        select from jsonb_to_recordset(s.periods) as p (group_id uuid, person_id uuid, start_date date, end_date date)
        where (p.group_id = any(${groupIds}::uuid[]) or p.person_id = ${personId}::uuid)
          and (p.start_date is null or p.start_date <= ${today}::date)
          and (p.end_date is null or p.end_date >= ${today}::date)
      )
    )
  )`
}
