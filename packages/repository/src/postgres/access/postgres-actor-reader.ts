import { sql, type Kysely, type RawBuilder } from 'kysely'
import { ADMINISTRATOR_GROUP, ANONYMOUS_GROUP, type Actor } from '../../domain/access/actor.ts'
import type { ActorReader } from '../../domain/access/actor-reader.ts'
import type { Schema } from '../schema.ts'

/** Reads who somebody is, one statement each time. */
export function postgresActorReader(db: Kysely<Schema>): ActorReader {
  return {
    async anonymous() {
      const row = await readStanding(db, { personId: null, specialGroupIds: [], from: sql`` })
      if (row === undefined) throw new Error('A statement without a table gave no row')
      return toActor(row, null, [])
    },
    async person(personId, session) {
      const named = session === undefined ? sql`` : sql`and p.session_id = ${session.sessionId}`
      const from = sql`from person p where p.id = ${personId} and p.can_log_in ${named}`
      const specialGroupIds = session?.specialGroupIds ?? []
      const row = await readStanding(db, { personId, specialGroupIds, from })
      return row === undefined ? undefined : toActor(row, personId, specialGroupIds)
    },
  }
}

interface Standing {
  group_ids: string[]
  administers: string[]
}

async function readStanding(
  db: Kysely<Schema>,
  who: { personId: string | null; specialGroupIds: readonly string[]; from: RawBuilder<unknown> },
): Promise<Standing | undefined> {
  const result = await sql<Standing>`
    with recursive direct as (
      select group_id as id from group_person where person_id = ${who.personId}::uuid
      union select unnest(${who.specialGroupIds}::uuid[])
      union select ${ANONYMOUS_GROUP}::uuid
    ), member as (
      select c.ancestor_id as id from group_closure c join direct d on d.id = c.descendant_id
      union select ${ANONYMOUS_GROUP}::uuid
    ), administered as (
      select r.id from resource_policy p join record r on r.id = p.resource_id
      where p.action = 'ADMIN' and r.kind in ('community', 'collection')
        and (p.person_id = ${who.personId}::uuid or p.group_id in (select id from member))
        and (p.start_date is null or p.start_date <= (now() at time zone 'utc')::date)
        and (p.end_date is null or p.end_date >= (now() at time zone 'utc')::date)
      union
      select r.id from record r join administered a on a.id = r.parent_id
      where r.kind in ('community', 'collection')
    )
    select array(select id from member) as group_ids, array(select id from administered) as administers
    ${who.from}
  `.execute(db)
  return result.rows[0]
}

function toActor(row: Standing, personId: string | null, specialGroupIds: readonly string[]): Actor {
  return {
    personId,
    groupIds: row.group_ids,
    administers: row.administers,
    isAdministrator: row.group_ids.includes(ADMINISTRATOR_GROUP),
    specialGroupIds,
  }
}
