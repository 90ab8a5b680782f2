import { sql, type Kysely, type RawBuilder } from 'kysely'
import { ADMINISTRATOR_GROUP, ANONYMOUS_GROUP, type Actor } from '../../domain/access/actor.ts'
import type { ActorReader } from '../../domain/access/actor-reader.ts'
import type { Permission } from '../../domain/access/permission.ts'
import type { Scope } from '../../domain/access/scope.ts'
import { givenByName } from '../people/given-groups.ts'
import type { Schema } from '../schema.ts'
import { permissionsColumn } from './postgres-permission-store.ts'

/** Reads who somebody is, one statement each time. */
export function postgresActorReader(db: Kysely<Schema>): ActorReader {
  return {
    async anonymous() {
      const row = await readStanding(db, { person: sql`null`, from: sql`` })
      if (row === undefined) throw new Error('A statement without a table gave no row')
      return toActor(row, null)
    },
    async person(personId, session) {
      const named = session === undefined ? sql`` : sql`and p.session_id = ${session.sessionId}`
      const from = sql`from person p where p.id = ${personId} and p.can_log_in ${named}`
      const specialGroupIds = session?.specialGroupIds ?? []
      const special = sql`union select unnest(${specialGroupIds}::uuid[])`
      const row = await readStanding(db, { person: sql`${personId}`, special, from })
      return row === undefined ? undefined : toActor(row, personId, { specialGroupIds })
    },
    async bearer(digest, now) {
      const row = await readStanding<BearerColumns>(db, {
        who: sql`bearer as (
          select t.id as token_id, t.person_id, t.scope, t.last_used_at
          from api_token t join person p on p.id = t.person_id
          where t.digest = ${Buffer.from(digest)} and p.can_log_in
            and (t.expires_at is null or t.expires_at > ${now})
        ),`,
        person: sql`(select person_id from bearer)`,
        columns: sql`, bearer.*`,
        from: sql`from bearer`,
      })
      if (row === undefined) return undefined
      const actor = toActor(row, row.person_id, { scope: row.scope })
      return { actor, tokenId: row.token_id, lastUsedAt: row.last_used_at }
    },
    async identified({ issuer, subject, groups }) {
      const row = await readStanding<IdentifiedColumns>(db, {
        who: sql`known as (
          select i.person_id, p.email from person_identity i join person p on p.id = i.person_id
          where i.issuer = ${issuer} and i.subject = ${subject} and p.can_log_in and not p.require_certificate
        ), given as (${givenByName(groups)}),`,
        person: sql`(select person_id from known)`,
        special: sql`union select id from given`,
        columns: sql`, known.*, array(select id from given) as special_group_ids`,
        from: sql`from known`,
      })
      if (row === undefined) return undefined
      const actor = toActor(row, row.person_id, { specialGroupIds: row.special_group_ids })
      return { actor, email: row.email }
    },
  }
}

interface IdentifiedColumns {
  person_id: string
  email: string
  special_group_ids: string[]
}

interface BearerColumns {
  token_id: string
  person_id: string
  scope: Scope
  last_used_at: Date | null
}

interface Standing {
  group_ids: string[]
  administers: string[]
  permissions: Permission[]
}

/** What is told apart in the statement that finds out what somebody may do. */
interface Asked {
  /** A table to begin with. */
  readonly who?: RawBuilder<unknown>
  /** The person's uuid, or null. */
  readonly person: RawBuilder<unknown>
  /** Adds the groups that the way of signing in gave. */
  readonly special?: RawBuilder<unknown>
  /** Further columns. */
  readonly columns?: RawBuilder<unknown>
  readonly from: RawBuilder<unknown>
}

async function readStanding<Columns = unknown>(
  db: Kysely<Schema>,
  { who = sql``, person, special = sql``, columns = sql``, from }: Asked,
): Promise<(Standing & Columns) | undefined> {
  const result = await sql<Standing & Columns>`
    with recursive ${who} direct as (
      select group_id as id from group_person where person_id = ${person}::uuid
      ${special}
      union select ${ANONYMOUS_GROUP}::uuid
    ), member as (
      select c.ancestor_id as id from group_closure c join direct d on d.id = c.descendant_id
      union select ${ANONYMOUS_GROUP}::uuid
    ), administered as (
      select r.id from (
        select * from resource_policy
        where person_id = ${person}::uuid and action = 'ADMIN' and origin <> 'owner'
        union all
        select p.* from resource_policy p join member m on m.id = p.group_id where p.action = 'ADMIN'
      ) p join record r on r.id = p.resource_id
      where r.kind in ('community', 'collection')
        and (p.start_date is null or p.start_date <= (now() at time zone 'utc')::date)
        and (p.end_date is null or p.end_date >= (now() at time zone 'utc')::date)
      union
      select r.id from record r join administered a on a.id = r.parent_id
      where r.kind in ('community', 'collection')
    )
    select array(select id from member) as group_ids, array(select id from administered) as administers,
      ${permissionsColumn(person, sql`select id from member`)} as permissions ${columns}
    ${from}
  `.execute(db)
  return result.rows[0]
}

function toActor(
  row: Standing,
  personId: string | null,
  { specialGroupIds = [], scope = 'admin' }: Partial<Pick<Actor, 'specialGroupIds' | 'scope'>> = {},
): Actor {
  return {
    personId,
    groupIds: row.group_ids,
    administers: row.administers,
    isAdministrator: row.group_ids.includes(ADMINISTRATOR_GROUP),
    permissions: row.permissions,
    specialGroupIds,
    scope,
  }
}
