import { sql, type CompiledQuery, type Kysely } from 'kysely'
import type { ItemSighting } from '../../domain/items/item-store.ts'
import type { Item } from '../../domain/records/record.ts'
import { accessOf, containerOfItem, policiesColumn, type PolicyColumn } from '../access/access-columns.ts'
import { toRecord, type RecordRow } from '../records/record-rows.ts'
import type { Schema } from '../schema.ts'

/** An item to look at, and the version of it that the reader has. */
export interface SoughtItem {
  readonly id: string
  readonly known: number | null
}

interface SightRow {
  place: number
  version: number
  withdrawn: boolean
  container: string | null
  policies: PolicyColumn
  /** As JSON, hence with moments as text. */
  record: (Omit<RecordRow, 'created_at' | 'modified_at'> & { created_at: string; modified_at: string }) | null
}

/** See `ItemReader.sight`. */
export function itemSightings(
  db: Kysely<Schema>,
): (sought: readonly SoughtItem[]) => Promise<(ItemSighting | undefined)[]> {
  let query: CompiledQuery<SightRow> | undefined
  return async (sought) => {
    // Put together once: it is the most frequent of all statements.
    query ??= sightQuery.compile(db)
    const parameters = [JSON.stringify(sought.map((one, place) => ({ ...one, place })))]
    const { rows } = await db.executeQuery<SightRow>({ ...query, parameters })
    const found: (ItemSighting | undefined)[] = sought.map(() => undefined)
    for (const row of rows) found[row.place] = toSighting(row)
    return found
  }
}

// The lateral query keeps the planner from reading all records for a handful of them. An array in place of the JSON
// would have it plan the statement anew for each length, which takes longer than the statement.
const sightQuery = sql<SightRow>`
  select sought.place, r.version, r.withdrawn, ${containerOfItem('r')} as container,
    ${policiesColumn(sql`r.id`)} as policies,
    case when r.version is distinct from sought.known then row_to_json(r) end as record
  from json_to_recordset(${''}::json) as sought (place int, id uuid, known int)
  cross join lateral (select * from record where id = sought.id and kind = 'item' limit 1) r`

function toSighting(row: SightRow): ItemSighting {
  return {
    version: row.version,
    withdrawn: row.withdrawn,
    access: accessOf(row.container, row.policies),
    item: row.record === null ? undefined : toItem(row.record),
  }
}

function toItem(record: NonNullable<SightRow['record']>): Item {
  return toRecord({
    ...record,
    created_at: new Date(record.created_at),
    modified_at: new Date(record.modified_at),
  }) as Item
}
