import { sql, type Kysely, type RawBuilder } from 'kysely'
import { versionConflict } from '../../domain/errors.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { Credentials, PersonQuery, PersonStore } from '../../domain/people/person-store.ts'
import type { Person } from '../../domain/records/record.ts'
import { pageClause, toPage, type SortColumns } from '../page-query.ts'
import { pagesByGroup } from '../records/record-queries.ts'
import { withConstraints } from '../pg-errors.ts'
import type { Schema } from '../schema.ts'
import { wordsOrUuid } from '../word-query.ts'
import { PERSON_COLUMNS, toPerson, toPersonRow, type PersonRow } from './person-rows.ts'

/** People in PostgreSQL. */
export function postgresPersonStore(db: Kysely<Schema>): PersonStore {
  return {
    find: (id) => findWhere(db, sql`p.id = ${id}`),
    async findAll(ids) {
      const rows = await sql<PersonRow>`
        select ${PERSON_COLUMNS} from person p where p.id = any(${ids}::uuid[])
      `.execute(db)
      return new Map(rows.rows.map((row) => [row.id, toPerson(row)]))
    },
    byEmail: (email) => findWhere(db, sql`lower(p.email) = lower(${email})`),
    byNetid: (netid) => findWhere(db, sql`p.netid = ${netid}`),
    byIdentity: ({ issuer, subject }) =>
      findWhere(
        db,
        sql`p.id = (select i.person_id from person_identity i where i.issuer = ${issuer} and i.subject = ${subject})`,
      ),
    async hasIdentity(personId, issuer) {
      const found = await sql`
        select from person_identity where person_id = ${personId} and issuer = ${issuer}
      `.execute(db)
      return found.rows.length > 0
    },
    list: (query, page) => list(db, query, page),
    async membersOf(groupIds, size) {
      const result = await sql<PersonRow & { group_id: string; total: number }>`
        select * from (
          select ${PERSON_COLUMNS}, m.group_id, count(*) over (partition by m.group_id) as total,
            row_number() over (partition by m.group_id order by ${EMAIL}, ${KEY}) as place
          from group_person m join person p on p.id = m.person_id where m.group_id = any(${groupIds}::uuid[])
        ) placed where place <= ${size} order by place
      `.execute(db)
      return pagesByGroup(result.rows, size, toPerson)
    },
    credentials: (email) => credentialsWhere(db, sql`lower(p.email) = lower(${email})`),
    credentialsOf: (personId) => credentialsWhere(db, sql`p.id = ${personId}`),
    async insert(person, passwordHash) {
      const row = { ...toPersonRow(person), password_hash: passwordHash, session_id: null }
      await withConstraints(() => db.insertInto('person').values(row).execute())
    },
    update: (person) => update(db, person),
    async setPassword(personId, passwordHash) {
      await db.updateTable('person').set({ password_hash: passwordHash }).where('id', '=', personId).execute()
    },
    async openSession(personId, sessionId) {
      const result = await sql<{ session_id: string }>`
        update person set session_id = coalesce(session_id, ${sessionId}::uuid)
        where id = ${personId} and can_log_in returning session_id
      `.execute(db)
      return result.rows[0]?.session_id
    },
    async endSessions(personId) {
      await db.updateTable('person').set({ session_id: null }).where('id', '=', personId).execute()
    },
    async linkIdentity(personId, { issuer, subject }, moment) {
      const row = { issuer, subject, person_id: personId, created_at: moment }
      await db.insertInto('person_identity').values(row).execute()
    },
    async setLastActive(personId, moment) {
      // The representation shows this moment, so its version counts it.
      await sql`
        update person set last_active = ${moment}, version = version + 1 where id = ${personId}
      `.execute(db)
    },
    async delete(id) {
      await db.deleteFrom('person').where('id', '=', id).execute()
    },
  }
}

const WORDS = sql`person_words(p.email, p.metadata)`
const KEY = sql<string>`p.id`
const EMAIL = sql`lower(p.email)`
const SORTS: SortColumns = {
  email: EMAIL,
  name: sql`lower(concat_ws(' ',
    p.metadata -> 'eperson.lastname' -> 0 ->> 'value', p.metadata -> 'eperson.firstname' -> 0 ->> 'value'))`,
  lastActive: sql`p.last_active`,
}

async function findWhere(db: Kysely<Schema>, condition: RawBuilder<unknown>): Promise<Person | undefined> {
  const result = await sql<PersonRow>`select ${PERSON_COLUMNS} from person p where ${condition}`.execute(db)
  return result.rows[0] === undefined ? undefined : toPerson(result.rows[0])
}

async function list(db: Kysely<Schema>, query: PersonQuery, page: PageRequest): Promise<Page<Person>> {
  const parts = [wordsOrUuid(query.words, { vector: WORDS, id: KEY })]
  if (query.memberOf !== undefined) parts.push(memberOf(query.memberOf))
  if (query.notMemberOf !== undefined) parts.push(sql<boolean>`not ${memberOf(query.notMemberOf)}`)
  const from = sql`from person p where ${sql.join(parts, sql` and `)}`
  const clause = pageClause(page, SORTS, KEY, EMAIL)
  const [rows, count] = await Promise.all([
    sql<PersonRow>`select ${PERSON_COLUMNS} ${from} ${clause}`.execute(db),
    sql<{ total: number }>`select count(*) as total ${from}`.execute(db),
  ])
  return toPage(page, rows.rows, count.rows[0]?.total ?? 0, toPerson)
}

function memberOf(groupId: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select from group_person m where m.person_id = p.id and m.group_id = ${groupId})`
}

async function credentialsWhere(
  db: Kysely<Schema>,
  condition: RawBuilder<unknown>,
): Promise<Credentials | undefined> {
  const result = await sql<{
    id: string
    can_log_in: boolean
    require_certificate: boolean
    password_hash: string | null
    session_id: string | null
  }>`select p.id, p.can_log_in, p.require_certificate, p.password_hash, p.session_id from person p where ${condition}`.execute(
    db,
  )
  const row = result.rows[0]
  if (row === undefined) return undefined
  return {
    personId: row.id,
    canLogIn: row.can_log_in,
    requireCertificate: row.require_certificate,
    passwordHash: row.password_hash,
    sessionId: row.session_id,
  }
}

async function update(db: Kysely<Schema>, person: Person): Promise<Person> {
  const { id, version: _version, created_at: _created, ...row } = toPersonRow(person)
  const result = await withConstraints(() =>
    db
      .updateTable('person')
      .set({ ...row, version: person.version + 1 })
      .where('id', '=', id)
      .where('version', '=', person.version)
      .executeTakeFirst(),
  )
  if (result.numUpdatedRows === 0n) throw versionConflict(id, person.version, null)
  return { ...person, version: person.version + 1 }
}
