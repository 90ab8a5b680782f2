import { sql, type Kysely } from 'kysely'
import { DomainError } from '../../domain/errors.ts'
import type { Schema } from '../schema.ts'

/** Any constant: changes of nesting take turns, so that two of them cannot close a cycle together. */
const LOCK = 4_824_279_002

/** Puts groups into a group; see `GroupStore.addSubgroups`. */
export async function addSubgroups(
  db: Kysely<Schema>,
  groupId: string,
  subgroupIds: readonly string[],
): Promise<void> {
  await lockNesting(db)
  const cycle = await sql<{ id: string }>`
    select c.ancestor_id as id from group_closure c
    where c.descendant_id = ${groupId} and c.ancestor_id = any(${subgroupIds}::uuid[])
  `.execute(db)
  if (cycle.rows[0] !== undefined) {
    throw new DomainError('INVALID', `Group ${cycle.rows[0].id} would come to lie within itself`, {
      field: 'subgroups',
      groupId,
      subgroupId: cycle.rows[0].id,
    })
  }
  await sql`
    insert into group_subgroup (group_id, subgroup_id)
    select ${groupId}::uuid, unnest(${subgroupIds}::uuid[]) on conflict do nothing
  `.execute(db)
  await refreshClosure(db)
}

/** Takes a group out of a group. */
export async function removeSubgroup(db: Kysely<Schema>, groupId: string, subgroupId: string): Promise<void> {
  await lockNesting(db)
  await db
    .deleteFrom('group_subgroup')
    .where('group_id', '=', groupId)
    .where('subgroup_id', '=', subgroupId)
    .execute()
  await refreshClosure(db)
}

/** Deletes a group; what lay within it no longer lies within what it lay in. */
export async function deleteGroup(db: Kysely<Schema>, id: string): Promise<void> {
  await lockNesting(db)
  await db.deleteFrom('person_group').where('id', '=', id).execute()
  await refreshClosure(db)
}

async function lockNesting(db: Kysely<Schema>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(db)
}

/** Writes the difference alone, so that readers of other groups' rows are not held up. */
async function refreshClosure(db: Kysely<Schema>): Promise<void> {
  await sql`
    with recursive wanted as (
      select id as ancestor_id, id as descendant_id from person_group
      union
      select w.ancestor_id, s.subgroup_id from wanted w join group_subgroup s on s.group_id = w.descendant_id
    ), gone as (
      delete from group_closure c where not exists (
        select from wanted w where w.ancestor_id = c.ancestor_id and w.descendant_id = c.descendant_id
      )
    )
    insert into group_closure (ancestor_id, descendant_id)
    select ancestor_id, descendant_id from wanted on conflict do nothing
  `.execute(db)
}
