import { sql, type RawBuilder } from 'kysely'
import type { Grants } from '../../domain/access/grants.ts'

/** Where a row stands, for the rule of access. */
export interface AccessColumns {
  /** The uuid that its own policies hang on. */
  readonly resource: RawBuilder<string>
  /** The uuid of the community or collection that rules over it. */
  readonly container: RawBuilder<string | null>
  /** The uuids of the bundle and item that it lies in. */
  readonly above?: readonly RawBuilder<string | null>[]
}

/** The rule of access as an SQL condition on a row. Nothing granted means `false`. */
export function accessFilter(grants: Grants, columns: AccessColumns): RawBuilder<boolean> {
  if (grants.kind === 'everything') return sql<boolean>`true`
  if (grants.kind === 'nothing') return sql<boolean>`false`
  const policy = (where: RawBuilder<boolean>) => sql<boolean>`exists (
    select from resource_policy p
    where ${where}
      and (p.group_id = any(${grants.groupIds}::uuid[]) or p.person_id = ${grants.personId}::uuid)
      and (p.start_date is null or p.start_date <= ${grants.today}::date)
      and (p.end_date is null or p.end_date >= ${grants.today}::date)
  )`
  const ways = [
    sql<boolean>`coalesce(${columns.container} = any(${grants.administers}::uuid[]), false)`,
    policy(sql`p.resource_id = ${columns.resource} and p.action in (${grants.action}, 'ADMIN')`),
  ]
  if (columns.above !== undefined) {
    ways.push(policy(sql`p.resource_id in (${sql.join(columns.above)}) and p.action = 'ADMIN'`))
  }
  return sql<boolean>`(${sql.join(ways, sql` or `)})`
}
