import { sql, type RawBuilder } from 'kysely'
import type { AccessFacts } from '../../domain/access/allows.ts'
import type { Action, Policy } from '../../domain/access/policy.ts'

/** What {@link policiesColumn} yields: action, person, group, first and last day. */
export type PolicyColumn = [Action, string | null, string | null, string | null, string | null][] | null

/** The policies of a row as one column: read with {@link policiesOf}. `sight_items` of 0014-item-sight.sql has the same. */
export function policiesColumn(resource: RawBuilder<string | null>): RawBuilder<PolicyColumn> {
  return sql<PolicyColumn>`(
    select json_agg(json_build_array(p.action, p.person_id, p.group_id, p.start_date, p.end_date))
    from resource_policy p where p.resource_id = ${resource}
  )`
}

/** The collection that rules over an item: the owning one, or the one that it is the template of. */
export function containerOfItem(alias: string): RawBuilder<string | null> {
  return sql<string | null>`coalesce(${sql.ref(`${alias}.parent_id`)}, ${sql.ref(`${alias}.template_of_id`)})`
}

/**
 * What decides on a row.
 *
 * @param above the policies on the bundle and item that it lies in
 */
export function accessOf(
  container: string | null,
  policies: PolicyColumn,
  above: readonly Policy[] = [],
): AccessFacts {
  return { containerIds: container === null ? [] : [container], policies: policiesOf(policies), above }
}

export function policiesOf(column: PolicyColumn): readonly Policy[] {
  return (column ?? []).map(([action, personId, groupId, startDate, endDate]) => ({
    action,
    personId,
    groupId,
    startDate,
    endDate,
  }))
}
