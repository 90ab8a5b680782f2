import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Grants } from '../../domain/access/grants.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { Relationship } from '../../domain/relationships/relationship.ts'
import type { GuardedRelationship, RelationshipQuery } from '../../domain/relationships/relationship-store.ts'
import { accessFilter } from '../access/access-filter.ts'
import { accessOf, containerOfItem, policiesColumn, type PolicyColumn } from '../access/access-columns.ts'
import { pageClause, toPage, type SortColumns } from '../page-query.ts'
import { pagesByGroup } from '../records/record-queries.ts'
import type { Schema } from '../schema.ts'
import { RELATIONSHIP_COLUMNS, toRelationship, type RelationshipRow } from './relationship-rows.ts'

const LEFT_CONTAINER = containerOfItem('l')
const RIGHT_CONTAINER = containerOfItem('r')
const FROM = sql.raw(
  'from relationship s join record l on l.id = s.left_item_id join record r on r.id = s.right_item_id ' +
    'join relationship_type t on t.id = s.type_id',
)
const KEY = sql`s.id`
const SORTS: SortColumns = { id: KEY, leftPlace: sql`s.left_place`, rightPlace: sql`s.right_place` }

/** One relationship with the policies of both of its items. */
export async function findRelationship(
  db: Kysely<Schema>,
  id: number,
): Promise<GuardedRelationship | undefined> {
  const result = await sql<
    RelationshipRow & {
      left_container: string | null
      left_policies: PolicyColumn
      right_container: string | null
      right_policies: PolicyColumn
    }
  >`
    select ${RELATIONSHIP_COLUMNS},
      ${LEFT_CONTAINER} as left_container, ${policiesColumn(sql`l.id`)} as left_policies,
      ${RIGHT_CONTAINER} as right_container, ${policiesColumn(sql`r.id`)} as right_policies
    ${FROM} where s.id = ${id}
  `.execute(db)
  const row = result.rows[0]
  if (row === undefined) return undefined
  return {
    value: toRelationship(row),
    left: accessOf(row.left_container, row.left_policies),
    right: accessOf(row.right_container, row.right_policies),
  }
}

/** A page of the relationships that are asked for, as far as they are granted; two statements, run at once. */
export async function listRelationships(
  db: Kysely<Schema>,
  query: RelationshipQuery,
  page: PageRequest,
): Promise<Page<Relationship>> {
  const { condition, natural } = selection(query)
  const from = sql`${FROM} where ${condition} and ${granted(query.grants)}`
  const [rows, count] = await Promise.all([
    sql<RelationshipRow>`
      select ${RELATIONSHIP_COLUMNS} ${from} ${pageClause(page, SORTS, KEY, natural)}
    `.execute(db),
    sql<{ total: number }>`select count(*) as total ${from}`.execute(db),
  ])
  return toPage(page, rows.rows, count.rows[0]?.total ?? 0, toRelationship)
}

/** See `RelationshipReader.ofItems`; one statement. */
export async function relationshipsOfItems(
  db: Kysely<Schema>,
  itemIds: readonly string[],
  grants: Grants,
  size: number,
): Promise<ReadonlyMap<string, Page<Relationship>>> {
  const item = sql<string>`wanted.id`
  const result = await sql<RelationshipRow & { group_id: string; total: number }>`
    select * from (
      select ${RELATIONSHIP_COLUMNS}, wanted.id as group_id, count(*) over (partition by wanted.id) as total,
        row_number() over (partition by wanted.id order by t.leftward_type, ${placeIn(item)}, s.id) as rank
      from unnest(${itemIds}::uuid[]) as wanted (id)
        join lateral (select s.* ${fromShown(item)}) s on true
        join record l on l.id = s.left_item_id join record r on r.id = s.right_item_id
        join relationship_type t on t.id = s.type_id
      where ${granted(grants)}
    ) ranked where rank <= ${size} order by rank
  `.execute(db)
  return pagesByGroup(result.rows, size, toRelationship)
}

/** Whoever is granted one of the items is granted the relationship: it is a part of both. */
function granted(grants: Grants): RawBuilder<boolean> {
  const left = accessFilter(grants, { resource: sql`l.id`, container: LEFT_CONTAINER })
  const right = accessFilter(grants, { resource: sql`r.id`, container: RIGHT_CONTAINER })
  return sql<boolean>`(${left} or ${right})`
}

function selection({ typeIds, ofItem, focus }: RelationshipQuery): {
  condition: RawBuilder<boolean>
  natural: RawBuilder<unknown>
} {
  if (ofItem !== undefined) {
    return {
      condition: sql<boolean>`s.id in (select s.id ${fromShown(sql`${ofItem}::uuid`)})`,
      natural: sql`t.leftward_type, ${placeIn(sql`${ofItem}::uuid`)}`,
    }
  }
  if (focus !== undefined) {
    const { itemId, leftOf, rightOf, relatedIds } = focus
    const related = (column: string) =>
      relatedIds === undefined ? sql`true` : sql`${sql.ref(column)} = any(${relatedIds}::uuid[])`
    const onLeft = sql`(s.left_item_id = ${itemId} and s.type_id = any(${leftOf}::integer[]) and ${related('s.right_item_id')})`
    const onRight = sql`(s.right_item_id = ${itemId} and s.type_id = any(${rightOf}::integer[]) and ${related('s.left_item_id')})`
    return { condition: sql<boolean>`(${onLeft} or ${onRight})`, natural: placeIn(sql`${itemId}::uuid`) }
  }
  const condition =
    typeIds === undefined ? sql<boolean>`true` : sql<boolean>`s.type_id = any(${typeIds}::integer[])`
  return { condition, natural: KEY }
}

/** The relationships that an item shows: not those with the many of a tilted type. */
function fromShown(item: RawBuilder<string>): RawBuilder<unknown> {
  return sql`
    from relationship s join relationship_type t on t.id = s.type_id
    where s.left_item_id = ${item} and t.tilted is distinct from 'right'
      or s.right_item_id = ${item} and t.tilted is distinct from 'left'
  `
}

function placeIn(item: RawBuilder<string>): RawBuilder<unknown> {
  return sql`case when s.left_item_id = ${item} then s.left_place else s.right_place end`
}
