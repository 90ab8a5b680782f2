import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Grants } from '../../domain/access/grants.ts'
import type { DatasetStore } from '../../domain/datasets/dataset-store.ts'
import type { Item } from '../../domain/records/record.ts'
import { RECORD_COLUMNS, toRecord, type RecordRow } from '../records/record-rows.ts'
import type { Schema } from '../schema.ts'
import { FROM_SHELVES, SHELF_NAME } from './dataset-conditions.ts'
import { readDatasets } from './dataset-rows.ts'
import { searchDatasets } from './search-datasets.ts'
import { shelfFilter } from './shelf-access.ts'
import { writeDatasetParts } from './write-dataset-parts.ts'

/** Datasets in PostgreSQL. What keeps their index in step with every write are its triggers, see the migration. */
export function postgresDatasetStore(db: Kysely<Schema>): DatasetStore {
  return {
    types: (grants, name) =>
      onShelves(db, sql`s.type`, grants, name === undefined ? sql`true` : sql`${SHELF_NAME} = ${name}`),
    names: (grants, type) =>
      onShelves(db, SHELF_NAME, grants, type === undefined ? sql`true` : sql`s.type = ${type}`),
    search: (conditions, window) => searchDatasets(db, conditions, window),
    async idsOf(recordIds) {
      const result = await sql<{ id: string }>`
        select d.id from unnest(${recordIds}::uuid[]) with ordinality as wanted (record_id, place)
          join dataset d on d.record_id = wanted.record_id
        order by place
      `.execute(db)
      return result.rows.map(({ id }) => id)
    },
    async find(id, grants) {
      const [found] = await readDatasets(db, {
        from: sql`(select 0 as place) only_one cross join dataset d`,
        where: sql`d.id = ${id}`,
        grants,
      })
      return found
    },
    findAll: (recordIds, grants) =>
      readDatasets(db, {
        from: sql`unnest(${recordIds}::uuid[]) with ordinality as wanted (record_id, place)
          join dataset d on d.record_id = wanted.record_id`,
        where: sql`true`,
        grants,
      }),
    async taken(ids) {
      const result = await sql<{ id: string }>`select id from dataset where id = any(${ids}::text[])`.execute(
        db,
      )
      return new Set(result.rows.map(({ id }) => id))
    },
    async readSome(limit) {
      const result = await sql<RecordRow>`
        with due as (delete from dataset_unread where record_id in (
          select record_id from dataset_unread limit ${limit} for update skip locked
        ) returning record_id)
        select ${RECORD_COLUMNS} from due join record r on r.id = due.record_id
      `.execute(db)
      await writeDatasetParts(
        db,
        result.rows.map((row) => ({ item: toRecord(row) as Item })),
      )
      return result.rows.length
    },
  }
}

/** What there is on shelves with something granted on them, each once, in order. */
async function onShelves(
  db: Kysely<Schema>,
  column: RawBuilder<string | null>,
  grants: Grants,
  condition: RawBuilder<boolean>,
): Promise<readonly string[]> {
  const result = await sql<{ value: string }>`
    select distinct ${column} collate "C" as value ${FROM_SHELVES}
    where ${column} is not null and ${condition} and ${shelfFilter(grants)}
      and exists (select from dataset d where d.shelf_id = s.id)
    order by 1
  `.execute(db)
  return result.rows.map(({ value }) => value)
}
