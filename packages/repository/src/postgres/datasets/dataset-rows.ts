import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Grants } from '../../domain/access/grants.ts'
import type { Dataset } from '../../domain/datasets/dataset-store.ts'
import { accessFilter } from '../access/access-filter.ts'
import { containerOfItem } from '../access/access-columns.ts'
import type { Schema } from '../schema.ts'
import { parseBox } from './box-text.ts'
import { SHELF_NAME } from './dataset-conditions.ts'
import { shelfFilter } from './shelf-access.ts'

type Row = Omit<Dataset, 'box'> & { readonly boxText: string | null }

/** Reads datasets with their granted files; `place` says in which order. */
export async function readDatasets(
  db: Kysely<Schema>,
  { from, where, grants }: { from: RawBuilder<unknown>; where: RawBuilder<boolean>; grants: Grants },
): Promise<readonly Dataset[]> {
  const result = await sql<Row>`
    select d.id, d.record_id as "recordId", ${SHELF_NAME} as name, s.type, r.title, p.given, p.geometry,
      p.start_ms as start, p.end_ms as end, p.box::text as "boxText", open_metadata(r.metadata) as metadata,
      ${filesOf(grants)} as files
    from ${from} join record r on r.id = d.record_id join dataset_part p on p.record_id = d.record_id
      join dataset_shelf s on s.id = d.shelf_id left join record c on c.id = s.container_id and s.name is null
    where ${where} and ${shelfFilter(grants)}
    order by place
  `.execute(db)
  return result.rows.map(({ boxText, ...row }) => ({
    ...row,
    box: boxText === null ? null : parseBox(boxText),
  }))
}

function filesOf(grants: Grants): RawBuilder<unknown> {
  const granted = accessFilter(grants, {
    resource: sql`f.id`,
    container: containerOfItem('r'),
    above: [sql`f.bundle_id`, sql`b.item_id`],
  })
  return sql`coalesce((
    select json_agg(json_build_object('id', f.id, 'name', f.metadata -> 'dc.title' -> 0 ->> 'value', 'bundle', b.name)
      order by b.position, f.position, f.id)
    from bundle b join bitstream f on f.bundle_id = b.id where b.item_id = r.id and ${granted}
  ), '[]')`
}
