import { sql, type CompiledQuery, type Kysely } from 'kysely'
import type { ItemSighting } from '../../domain/items/item-store.ts'
import type { Item } from '../../domain/records/record.ts'
import { accessOf, type PolicyColumn } from '../access/access-columns.ts'
import { toRecord, type RecordRow } from '../records/record-rows.ts'
import type { Schema } from '../schema.ts'

/** An item to look at, and the version of it that the reader has. */
export interface SoughtItem {
  readonly id: string
  readonly known: number | null
}

/** What was seen of items in a snapshot of the database. */
export interface Sightings {
  readonly snapshot: string
  /** In the order of the items sought; undefined when the snapshot is the one known, and nobody looked. */
  readonly found: readonly (ItemSighting | undefined)[] | undefined
}

interface SeenItem {
  place: number
  version: number
  withdrawn: boolean
  container: string | null
  policies: PolicyColumn
  /** As JSON, hence with moments as text. */
  record: (Omit<RecordRow, 'created_at' | 'modified_at'> & { created_at: string; modified_at: string }) | null
}

interface SightRow {
  snapshot: string
  seen: SeenItem[] | null
}

/**
 * Looks at items, unless the database stands where the caller knows it: two snapshots with the same text see the same
 * rows (PostgreSQL manual, "Transaction ID and Snapshot Information Functions").
 */
export function itemSightings(
  db: Kysely<Schema>,
): (sought: readonly SoughtItem[], known: string | null) => Promise<Sightings> {
  let query: CompiledQuery<SightRow> | undefined
  return async (sought, known) => {
    // Put together once: it is the most frequent of all statements.
    query ??= sightQuery.compile(db)
    const parameters = [JSON.stringify(sought.map((one, place) => ({ ...one, place }))), known]
    const { rows } = await db.executeQuery<SightRow>({ ...query, parameters })
    const [row] = rows
    if (row === undefined) throw new Error('sight_items returned no row')
    const { snapshot, seen } = row
    if (snapshot === known) return { snapshot, found: undefined }
    const found: (ItemSighting | undefined)[] = sought.map(() => undefined)
    for (const item of seen ?? []) found[item.place] = toSighting(item)
    return { snapshot, found }
  }
}

const sightQuery = sql<SightRow>`select snapshot, seen from sight_items(${''}::json, ${''})`

function toSighting(seen: SeenItem): ItemSighting {
  return {
    version: seen.version,
    withdrawn: seen.withdrawn,
    access: accessOf(seen.container, seen.policies),
    item: seen.record === null ? undefined : toItem(seen.record),
  }
}

function toItem(record: NonNullable<SeenItem['record']>): Item {
  return toRecord({
    ...record,
    created_at: new Date(record.created_at),
    modified_at: new Date(record.modified_at),
  }) as Item
}
