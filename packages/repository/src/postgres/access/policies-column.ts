import { sql, type RawBuilder } from 'kysely'
import type { Action, Policy } from '../../domain/access/policy.ts'

type PolicyTuple = [Action, string | null, string | null, string | null, string | null]

/** The policies of a row as one column: read with {@link policiesOf}. */
export function policiesColumn(resource: RawBuilder<string>): RawBuilder<PolicyTuple[] | null> {
  return sql<PolicyTuple[] | null>`(
    select json_agg(json_build_array(p.action, p.person_id, p.group_id, p.start_date, p.end_date))
    from resource_policy p where p.resource_id = ${resource}
  )`
}

export function policiesOf(column: PolicyTuple[] | null): readonly Policy[] {
  return (column ?? []).map(([action, personId, groupId, startDate, endDate]) => ({
    action,
    personId,
    groupId,
    startDate,
    endDate,
  }))
}
