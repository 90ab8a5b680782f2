import { sql, type Kysely, type RawBuilder } from 'kysely'
import { versionConflict } from '../../domain/errors.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { GroupQuery, GroupRole, GroupStore } from '../../domain/people/group-store.ts'
import type { Group } from '../../domain/records/record.ts'
import { pageClause, toPage, type SortColumns } from '../page-query.ts'
import { pagesByGroup } from '../records/record-queries.ts'
import { withConstraints } from '../pg-errors.ts'
import type { Schema } from '../schema.ts'
import { wordsOrUuid } from '../word-query.ts'
import { givenByName } from './given-groups.ts'
import { addSubgroups, deleteGroup, removeSubgroup } from './group-nesting.ts'
import { roleGroups } from './role-groups.ts'
import { GROUP_COLUMNS, toGroup, toGroupRow, type GroupRow } from './group-rows.ts'

/** Groups in PostgreSQL. Every group has a row of `group_closure` for itself; nesting changes refresh the others. */
export function postgresGroupStore(db: Kysely<Schema>): GroupStore {
  return {
    find: (id) => findFrom(db, sql`person_group g where g.id = ${id}`),
    async findAll(ids) {
      const result = await sql<GroupRow>`
        select ${GROUP_COLUMNS} from person_group g where g.id = any(${ids}::uuid[])
      `.execute(db)
      return new Map(result.rows.map((row) => [row.id, toGroup(row)]))
    },
    named: (name) => findFrom(db, sql`person_group g where g.name = ${name}`),
    async givenByName(names) {
      const result = await givenByName(names).execute(db)
      return result.rows.map(({ id }) => id)
    },
    list: (query, page) => list(db, query, page),
    ofPeople: (personIds, size) =>
      firstOfEach(db, sql`group_person m`, sql`m.group_id`, sql`m.person_id`, personIds, size),
    subgroupsOf: (groupIds, size) =>
      firstOfEach(db, sql`group_subgroup m`, sql`m.subgroup_id`, sql`m.group_id`, groupIds, size),
    async hasLoginMember(groupId) {
      const found = await sql`
        select from group_closure c join group_person m on m.group_id = c.descendant_id
        join person p on p.id = m.person_id where c.ancestor_id = ${groupId} and p.can_log_in limit 1
      `.execute(db)
      return found.rows.length > 0
    },
    roleOf: async (groupId) => (await rolesOf(db, [groupId])).get(groupId),
    rolesOf: (groupIds) => rolesOf(db, groupIds),
    roleGroup: (recordId, role) =>
      findFrom(
        db,
        sql`role_group o join person_group g on g.id = o.group_id where o.record_id = ${recordId} and o.role = ${role}`,
      ),
    roleGroups: (recordIds, role, byDefault) => roleGroups(db, recordIds, role, byDefault),
    insert: (group) => insert(db, group),
    update: (group) => update(db, group),
    delete: (id) => deleteGroup(db, id),
    async addPeople(groupId, personIds) {
      await withConstraints(() =>
        sql`
          insert into group_person (group_id, person_id)
          select ${groupId}::uuid, unnest(${personIds}::uuid[]) on conflict do nothing
        `.execute(db),
      )
    },
    async removePerson(groupId, personId) {
      await db
        .deleteFrom('group_person')
        .where('group_id', '=', groupId)
        .where('person_id', '=', personId)
        .execute()
    },
    addSubgroups: (groupId, subgroupIds) => withConstraints(() => addSubgroups(db, groupId, subgroupIds)),
    removeSubgroup: (groupId, subgroupId) => removeSubgroup(db, groupId, subgroupId),
    async setRole(recordId, role, groupId) {
      await withConstraints(() =>
        sql`
          insert into role_group (record_id, role, group_id) values (${recordId}, ${role}, ${groupId})
          on conflict (record_id, role) do update set group_id = excluded.group_id
        `.execute(db),
      )
    },
    async removeRole(recordId, role) {
      await db.deleteFrom('role_group').where('record_id', '=', recordId).where('role', '=', role).execute()
    },
  }
}

const KEY = sql<string>`g.id`
const NAME = sql`lower(g.name)`
const SORTS: SortColumns = { name: NAME }

async function findFrom(db: Kysely<Schema>, from: RawBuilder<unknown>): Promise<Group | undefined> {
  const result = await sql<GroupRow>`select ${GROUP_COLUMNS} from ${from}`.execute(db)
  return result.rows[0] === undefined ? undefined : toGroup(result.rows[0])
}

async function list(db: Kysely<Schema>, query: GroupQuery, page: PageRequest): Promise<Page<Group>> {
  const from = sql`from person_group g where ${sql.join(conditions(query), sql` and `)}`
  const clause = pageClause(page, SORTS, KEY, NAME)
  const [rows, count] = await Promise.all([
    sql<GroupRow>`select ${GROUP_COLUMNS} ${from} ${clause}`.execute(db),
    sql<{ total: number }>`select count(*) as total ${from}`.execute(db),
  ])
  return toPage(page, rows.rows, count.rows[0]?.total ?? 0, toGroup)
}

/** The first groups of each of several wholes, in one statement. */
async function firstOfEach(
  db: Kysely<Schema>,
  membership: RawBuilder<unknown>,
  member: RawBuilder<string>,
  whole: RawBuilder<string>,
  wholes: readonly string[],
  size: number,
): Promise<ReadonlyMap<string, Page<Group>>> {
  const result = await sql<GroupRow & { group_id: string; total: number }>`
    select * from (
      select ${GROUP_COLUMNS}, ${whole} as group_id, count(*) over (partition by ${whole}) as total,
        row_number() over (partition by ${whole} order by ${NAME}, ${KEY}) as place
      from ${membership} join person_group g on g.id = ${member} where ${whole} = any(${wholes}::uuid[])
    ) placed where place <= ${size} order by place
  `.execute(db)
  return pagesByGroup(result.rows, size, toGroup)
}

async function rolesOf(
  db: Kysely<Schema>,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, GroupRole>> {
  const result = await sql<{ group_id: string; record_id: string; role: string }>`
    select distinct on (group_id) group_id, record_id, role from role_group
    where group_id = any(${groupIds}::uuid[]) order by group_id, record_id, role
  `.execute(db)
  return new Map(result.rows.map((row) => [row.group_id, { recordId: row.record_id, role: row.role }]))
}

function conditions(query: GroupQuery): RawBuilder<boolean>[] {
  const parts = [wordsOrUuid(query.words, { vector: sql`plain_words(g.name)`, id: KEY })]
  if (query.memberId !== undefined) {
    parts.push(sql`exists (
      select from group_person m where m.group_id = g.id and m.person_id = ${query.memberId}
    )`)
  }
  if (query.subgroupsOf !== undefined) parts.push(subgroupOf(query.subgroupsOf))
  if (query.notSubgroupsOf !== undefined) {
    // What the group lies in, itself among them, would close a cycle.
    parts.push(sql`not ${subgroupOf(query.notSubgroupsOf)} and not exists (
      select from group_closure c where c.ancestor_id = g.id and c.descendant_id = ${query.notSubgroupsOf}
    )`)
  }
  return parts
}

function subgroupOf(groupId: string): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from group_subgroup s where s.subgroup_id = g.id and s.group_id = ${groupId}
  )`
}

async function insert(db: Kysely<Schema>, group: Group): Promise<void> {
  await withConstraints(() => db.insertInto('person_group').values(toGroupRow(group)).execute())
  await db.insertInto('group_closure').values({ ancestor_id: group.id, descendant_id: group.id }).execute()
}

async function update(db: Kysely<Schema>, group: Group): Promise<Group> {
  const { id, version: _version, created_at: _created, ...row } = toGroupRow(group)
  const result = await withConstraints(() =>
    db
      .updateTable('person_group')
      .set({ ...row, version: group.version + 1 })
      .where('id', '=', id)
      .where('version', '=', group.version)
      .executeTakeFirst(),
  )
  if (result.numUpdatedRows === 0n) throw versionConflict(id, group.version, null)
  return { ...group, version: group.version + 1 }
}
