import { sql, type RawBuilder } from 'kysely'
import type { Grants } from '../../domain/access/grants.ts'
import { accessFilter } from '../access/access-filter.ts'

const COLUMNS = { resource: sql<string>`a.id`, container: sql<string | null>`a.container_id` }

/**
 * The rule of access as an SQL condition on a row of `search_access a`. Who may read for ever stands in the row itself;
 * policies are looked at where some are for a time.
 */
export function entryFilter(grants: Grants): RawBuilder<boolean> {
  const rule = accessFilter(grants, COLUMNS)
  if (grants.kind !== 'granted' || grants.action !== 'READ') return rule
  return sql<boolean>`(
    a.reader_groups && ${grants.groupIds}::uuid[]
    or coalesce(${grants.personId}::uuid = any(a.reader_people), false)
    or coalesce(a.container_id = any(${grants.administers}::uuid[]), false)
    or (a.has_periods and ${rule})
  )`
}

/** The same for what is shown in lists; who administers a collection finds what is hidden there too. */
export function listedEntries(grants: Grants): RawBuilder<boolean> {
  const access = entryFilter(grants)
  if (grants.kind !== 'granted') return access
  return sql<boolean>`(${access} and (a.listed or a.container_id = any(${grants.administers}::uuid[])))`
}
