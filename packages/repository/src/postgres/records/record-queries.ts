import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Grants } from '../../domain/access/grants.ts'
import type { Guarded } from '../../domain/access/guarded.ts'
import { versionConflict } from '../../domain/errors.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import { accessFilter } from '../access/access-filter.ts'
import { pageClause, toPage, type SortColumns } from '../page-query.ts'
import { isStillRelated, withConstraints } from '../pg-errors.ts'
import type { Schema } from '../schema.ts'
import {
  CONTAINER,
  POLICIES,
  RECORD_COLUMNS,
  RESOURCE,
  toGuarded,
  toRecord,
  toRow,
  type AnyRecord,
  type GuardedRow,
  type RecordRow,
} from './record-rows.ts'

export type Kind = AnyRecord['kind']
export type RecordOf<K extends Kind> = Extract<AnyRecord, { kind: K }>

const SORTS: SortColumns = {
  'dc.title': sql`lower(r.title)`,
  name: sql`lower(r.title)`,
  lastModified: sql`r.modified_at`,
}
const KEY = sql`r.id`

/** One record of a kind with its policies: the hot read behind every single GET. */
export async function findRecord<K extends Kind>(
  db: Kysely<Schema>,
  kind: K,
  id: string,
): Promise<Guarded<RecordOf<K>> | undefined> {
  const result = await sql<GuardedRow>`
    select ${RECORD_COLUMNS}, ${POLICIES} as policies from record r where r.id = ${id} and r.kind = ${kind}
  `.execute(db)
  const row = result.rows[0]
  return row === undefined ? undefined : (toGuarded(row) as Guarded<RecordOf<K>>)
}

/** A page of the records of a kind that meet a condition and are granted; two statements, run at once. */
export async function listRecords<K extends Kind>(
  db: Kysely<Schema>,
  kind: K,
  options: { grants: Grants; where: RawBuilder<boolean>; page: PageRequest; natural?: RawBuilder<unknown> },
): Promise<Page<RecordOf<K>>> {
  const granted = accessFilter(options.grants, { resource: RESOURCE, container: CONTAINER })
  const from = sql`from record r where r.kind = ${kind} and ${options.where} and ${granted}`
  const clause = pageClause(options.page, SORTS, KEY, options.natural ?? KEY)
  const [rows, count] = await Promise.all([
    sql<RecordRow>`select ${RECORD_COLUMNS} ${from} ${clause}`.execute(db),
    sql<{ total: number }>`select count(*) as total ${from}`.execute(db),
  ])
  return toPage(options.page, rows.rows, count.rows[0]?.total ?? 0, (row) => toRecord(row) as RecordOf<K>)
}

/** Those of the named records that are granted, by uuid. */
export async function findRecords<K extends Kind>(
  db: Kysely<Schema>,
  kind: K,
  ids: readonly string[],
  grants: Grants,
): Promise<ReadonlyMap<string, RecordOf<K>>> {
  const result = await sql<RecordRow>`
    select ${RECORD_COLUMNS} from record r
    where r.kind = ${kind} and r.id = any(${ids}::uuid[])
      and ${accessFilter(grants, { resource: RESOURCE, container: CONTAINER })}
  `.execute(db)
  return new Map(result.rows.map((row) => [row.id, toRecord(row) as RecordOf<K>]))
}

/**
 * The first records of each of several groups, in one statement: what list embeds need.
 *
 * @param group the SQL that yields a row's group (a parent's uuid)
 * @param from `from` with the joins that `group` needs; the record is `r`
 */
export async function firstOfEach<K extends Kind>(
  db: Kysely<Schema>,
  options: {
    kind: K
    from: RawBuilder<unknown>
    group: RawBuilder<string>
    groups: readonly string[]
    grants: Grants
    size: number
  },
): Promise<ReadonlyMap<string, Page<RecordOf<K>>>> {
  const result = await sql<RecordRow & { group_id: string; total: number }>`
    select * from (
      select ${RECORD_COLUMNS}, ${options.group} as group_id,
        count(*) over (partition by ${options.group}) as total,
        row_number() over (partition by ${options.group} order by lower(r.title) nulls last, r.id) as place
      ${options.from}
      where r.kind = ${options.kind} and ${options.group} = any(${options.groups}::uuid[])
        and ${accessFilter(options.grants, { resource: RESOURCE, container: CONTAINER })}
    ) placed where place <= ${options.size} order by place
  `.execute(db)
  return pagesByGroup(result.rows, options.size, (row) => toRecord(row) as RecordOf<K>)
}

/** Gathers the rows of {@link firstOfEach} and its like into the first page of each group. */
export function pagesByGroup<Row extends { group_id: string; total: number }, T>(
  rows: readonly Row[],
  size: number,
  translate: (row: Row) => T,
): ReadonlyMap<string, Page<T>> {
  const pages = new Map<string, { number: 0; size: number; total: number; elements: T[] }>()
  for (const row of rows) {
    const page = pages.get(row.group_id)
    if (page === undefined)
      pages.set(row.group_id, { number: 0, size, total: row.total, elements: [translate(row)] })
    else page.elements.push(translate(row))
  }
  return pages
}

export async function insertRecord(db: Kysely<Schema>, record: AnyRecord): Promise<void> {
  const row = toRow(record)
  await withConstraints(() =>
    db
      .insertInto('record')
      .values({ ...row, metadata: JSON.stringify(row.metadata) })
      .execute(),
  )
}

/** Saves a record over the version it was read with; see `ItemStore.update`. */
export async function updateRecord<R extends AnyRecord>(db: Kysely<Schema>, record: R): Promise<R> {
  return saveRecord(db, record, record.kind)
}

/** The same for a record that was of another kind. */
export async function saveRecord<R extends AnyRecord>(
  db: Kysely<Schema>,
  record: R,
  before: Kind,
): Promise<R> {
  const { id, version, created_at: _created, submitter_id, ...row } = toRow(record)
  // Whose a community or collection is, Islandora alone knows.
  const submitter = record.kind === 'item' ? { submitter_id } : {}
  const result = await db
    .updateTable('record')
    .set({ ...row, ...submitter, metadata: JSON.stringify(row.metadata), version: version + 1 })
    .where('id', '=', id)
    .where('kind', '=', before)
    .where('version', '=', version)
    .executeTakeFirst()
  if (result.numUpdatedRows === 0n) throw versionConflict(id, version, null)
  return { ...record, version: version + 1 }
}

/**
 * Deletes a record and everything below it in the hierarchy; files, policies and logos go with their rows.
 *
 * @throws DomainError `VERSION_CONFLICT` when an item was related to another one meanwhile
 */
export async function deleteRecordTree(db: Kysely<Schema>, id: string): Promise<void> {
  try {
    await sql`
      with recursive tree as (
        select ${id}::uuid as id
        union all
        select r.id from record r join tree on r.parent_id = tree.id or r.template_of_id = tree.id
      )
      delete from record where id in (select id from tree)
    `.execute(db)
  } catch (error) {
    throw isStillRelated(error) ? versionConflict(id, 0, null) : error
  }
}

/**
 * The same for a community or collection.
 *
 * @returns the groups that held a role in it or below it, and hold none any more
 */
export async function deleteContainerTree(db: Kysely<Schema>, id: string): Promise<readonly string[]> {
  // Locked first: what others are adding to the tree either is there when it is deleted, or does not get in.
  const locked = await sql<{ id: string }>`
    with recursive tree as (
      select ${id}::uuid as id
      union all
      select r.id from record r join tree on r.parent_id = tree.id where r.kind <> 'item'
    )
    select r.id from record r where r.id in (select id from tree) for update
  `.execute(db)
  const containers = locked.rows.map((row) => row.id)
  const roles = await sql<{ group_id: string }>`
    delete from role_group where record_id = any(${containers}::uuid[]) returning group_id
  `.execute(db)
  await deleteRecordTree(db, id)
  const groups = [...new Set(roles.rows.map((row) => row.group_id))]
  const kept = await sql<{ group_id: string }>`
    select group_id from role_group where group_id = any(${groups}::uuid[])
  `.execute(db)
  const keptIds = new Set(kept.rows.map((row) => row.group_id))
  return groups.filter((group) => !keptIds.has(group))
}

/** Full-text condition on a record's metadata values: every word must begin some word of them. */
export function hasWords(words: string | undefined): RawBuilder<boolean> {
  const text = (words ?? '').trim()
  if (text === '') return sql<boolean>`true`
  const query = prefixQuery(text)
  if (query === '') return sql<boolean>`false`
  return sql<boolean>`r.id in (select s.id from search_entry s where s.words @@ to_tsquery('simple', ${query}))`
}

function prefixQuery(words: string): string {
  const parts = words.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  return parts.map((part) => `${part}:*`).join(' & ')
}
