import { sql, type Kysely } from 'kysely'
import type { Metadata } from '../../domain/metadata/metadata.ts'
import type { ObjectStore } from '../../domain/objects/object-store.ts'
import type { ParentObject, RepositoryObject, Submitter } from '../../domain/objects/repository-object.ts'
import type { Triple } from '../../domain/triples/triple.ts'
import { accessOf, policiesColumn, type PolicyColumn } from '../access/access-columns.ts'
import { saveRecord } from '../records/record-queries.ts'
import { POLICIES, RECORD_COLUMNS, toGuarded, type GuardedRow } from '../records/record-rows.ts'
import type { Schema } from '../schema.ts'
import { countObjects } from './count-objects.ts'

type ObjectRow = GuardedRow & {
  owner: string | null
  models: string[] | null
  login: string | null
  submitter_metadata: Metadata | null
  parents: (ParentObject & { policies: PolicyColumn })[] | null
  statements: Triple[] | null
}

const PARENTS = sql`(
  select json_agg(json_build_object('id', c.id, 'pid', c.pid, 'policies', ${policiesColumn(sql`c.id`)})
    order by c.mapped_at nulls first, c.id)
  from (
    select q.id, q.pid, null::timestamptz as mapped_at from record q where q.id = r.parent_id
    union all
    select q.id, q.pid, m.mapped_at from mapped_collection m join record q on q.id = m.collection_id
    where m.item_id = r.id
  ) c
)`

const STATEMENTS = sql`(
  select json_agg(json_build_object('namespace', t.namespace, 'predicate', t.predicate, 'object', t.object,
    'literal', t.literal, 'datatype', t.datatype, 'language', t.language) order by t.place)
  from triple t where t.record_id = r.id
)`

/** Objects, by their pids, in PostgreSQL. */
export function postgresObjectStore(db: Kysely<Schema>): ObjectStore {
  const findAll: ObjectStore['findAll'] = async (pids) => {
    const result = await sql<ObjectRow>`
      select ${RECORD_COLUMNS}, ${POLICIES} as policies, o.owner, o.models,
        coalesce(p.netid, p.email) as login, p.metadata as submitter_metadata, ${PARENTS} as parents,
        ${STATEMENTS} as statements
      -- Of a length that the planner does not know: else it plans each statement anew, for the array at hand.
      from unnest(array(select distinct unnest(${pids}::text[]))) as wanted (pid)
      -- The lateral queries keep the planner from reading all of a table for a handful of its rows.
      cross join lateral (select * from record where pid = wanted.pid and template_of_id is null limit 1) r
      left join lateral (select * from object_fact where record_id = r.id limit 1) o on true
      left join lateral (select * from person where id = r.submitter_id limit 1) p on true
    `.execute(db)
    const objects = new Map(result.rows.map((row) => [row.pid, toGuardedObject(row)]))
    return pids.map((pid) => objects.get(pid))
  }
  return {
    find: async (pid) => (await findAll([pid]))[0],
    findAll,
    count: (wanted) => countObjects(db, wanted),
    async setOwnerName(recordId, ownerName) {
      await sql`
        insert into object_fact (record_id, owner) values (${recordId}, ${ownerName})
        on conflict (record_id) do update set owner = excluded.owner
      `.execute(db)
    },
    async setSubmitter(recordId, personId) {
      await sql`update record set submitter_id = ${personId} where id = ${recordId}`.execute(db)
    },
    async setModels(recordId, models) {
      await sql`
        insert into object_fact (record_id, models) values (${recordId}, ${models}::text[])
        on conflict (record_id) do update set models = excluded.models
      `.execute(db)
    },
    async lock(recordId) {
      await sql`select from record where id = ${recordId} for update`.execute(db)
    },
    async convert(before, record) {
      await saveRecord(db, record, before.kind)
      // Items alone are datasets.
      await sql`delete from dataset_part where record_id = ${record.id}`.execute(db)
    },
  }
}

function toGuardedObject(row: ObjectRow): Awaited<ReturnType<ObjectStore['find']>> {
  const { value: record, access } = toGuarded(row)
  if (record.kind === 'site') return undefined
  const value: RepositoryObject = {
    record,
    ownerName: row.owner,
    submitter: toSubmitter(row),
    givenModels: row.models ?? [],
    parents: (row.parents ?? []).map(({ policies, ...parent }) => ({
      value: parent,
      access: accessOf(parent.id, policies),
    })),
    statements: row.statements ?? [],
  }
  return { value, access }
}

function toSubmitter({ submitter_id: id, login, submitter_metadata: metadata }: ObjectRow): Submitter | null {
  if (id === null || login === null) return null
  const names = ['eperson.firstname', 'eperson.lastname'].map((field) => metadata?.[field]?.[0]?.value ?? '')
  return { id, login, fullName: names.join(' ').trim() }
}
