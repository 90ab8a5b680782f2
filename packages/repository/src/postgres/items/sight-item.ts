import { CompiledQuery, type Kysely } from 'kysely'
import type { ItemSighting } from '../../domain/items/item-store.ts'
import type { Item } from '../../domain/records/record.ts'
import { policiesOf } from '../access/policies-column.ts'
import { toRecord, type RecordRow } from '../records/record-rows.ts'
import type { Schema } from '../schema.ts'

/** Written out, so that the most frequent of all statements need not be put together each time. */
const SIGHT = `
  select r.version, r.withdrawn, coalesce(r.parent_id, r.template_of_id) as container,
    (
      select json_agg(json_build_array(p.action, p.person_id, p.group_id, p.start_date, p.end_date))
      from resource_policy p where p.resource_id = r.id
    ) as policies,
    case when r.version is distinct from $2 then row_to_json(r) end as record
  from record r where r.id = $1 and r.kind = 'item'`

interface SightRow {
  version: number
  withdrawn: boolean
  container: string | null
  policies: Parameters<typeof policiesOf>[0]
  /** As JSON, hence with moments as text. */
  record: (Omit<RecordRow, 'created_at' | 'modified_at'> & { created_at: string; modified_at: string }) | null
}

/** See `ItemReader.sight`. */
export async function sightItem(
  db: Kysely<Schema>,
  id: string,
  known: number | null,
): Promise<ItemSighting | undefined> {
  const result = await db.executeQuery<SightRow>(CompiledQuery.raw(SIGHT, [id, known]))
  const row = result.rows[0]
  if (row === undefined) return undefined
  return {
    version: row.version,
    withdrawn: row.withdrawn,
    access: {
      containerIds: row.container === null ? [] : [row.container],
      policies: policiesOf(row.policies),
    },
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
