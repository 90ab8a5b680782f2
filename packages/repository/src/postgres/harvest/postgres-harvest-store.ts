import { sql, type Kysely, type Selectable } from 'kysely'
import type { Harvest, RunningHarvest } from '../../domain/harvest/harvest.ts'
import type { HarvestStore } from '../../domain/harvest/harvest-store.ts'
import type { HarvestTable, RunningRow, Schema } from '../schema.ts'

/** Harvests in PostgreSQL. */
export function postgresHarvestStore(db: Kysely<Schema>): HarvestStore {
  const all = () => db.selectFrom('harvest').selectAll()
  return {
    async find(collectionId) {
      return toHarvest(await all().where('collection_id', '=', collectionId).executeTakeFirst())
    },
    async ofCollections(collectionIds) {
      const { rows } = await sql<Row>`
        select * from harvest where collection_id = any(${collectionIds}::uuid[])
      `.execute(db)
      return new Map(rows.map((row) => [row.collection_id, toHarvest(row)]))
    },
    async list() {
      const rows = await all()
        .orderBy('harvested_at', (order) => order.asc().nullsFirst())
        .orderBy('collection_id')
        .execute()
      return rows.map((row) => toHarvest(row))
    },
    async known(collectionId, oaiIds) {
      const { rows } = await sql<{ oai_id: string; item_id: string; digest: string }>`
        select oai_id, item_id, digest from harvested_item
        where collection_id = ${collectionId} and oai_id = any(${oaiIds}::text[])
      `.execute(db)
      return new Map(
        rows.map(({ oai_id: oaiId, item_id: itemId, digest }) => [oaiId, { oaiId, itemId, digest }]),
      )
    },
    async lock(collectionId) {
      return toHarvest(await all().where('collection_id', '=', collectionId).forUpdate().executeTakeFirst())
    },
    async save(harvest) {
      const { collection_id, ...changing } = toRow(harvest)
      await db
        .insertInto('harvest')
        .values({ collection_id, ...changing })
        .onConflict((conflict) => conflict.column('collection_id').doUpdateSet(changing))
        .execute()
    },
    async delete(collectionId) {
      await db.deleteFrom('harvest').where('collection_id', '=', collectionId).execute()
    },
    async record(collectionId, items) {
      if (items.length === 0) return
      await sql`
        insert into harvested_item (collection_id, oai_id, item_id, digest)
        select ${collectionId}, * from unnest(${items.map(({ oaiId }) => oaiId)}::text[],
          ${items.map(({ itemId }) => itemId)}::uuid[], ${items.map(({ digest }) => digest)}::text[])
        on conflict (collection_id, oai_id) do update set item_id = excluded.item_id, digest = excluded.digest
      `.execute(db)
    },
  }
}

type Row = Selectable<HarvestTable>

function toRow(harvest: Harvest) {
  const { answeredAt, ...running } = harvest.running ?? { answeredAt: null }
  return {
    collection_id: harvest.collectionId,
    type: harvest.type,
    source: harvest.source,
    set_id: harvest.setId,
    format: harvest.format,
    status: harvest.status,
    message: harvest.message,
    started_at: harvest.startedAt,
    harvested_at: harvest.harvestedAt,
    next_from: harvest.nextFrom,
    running:
      harvest.running === null
        ? null
        : JSON.stringify({ ...running, answeredAt: answeredAt?.toISOString() ?? null }),
    version: harvest.version,
  }
}

function toHarvest(row: Row): Harvest
function toHarvest(row: Row | undefined): Harvest | undefined
function toHarvest(row: Row | undefined): Harvest | undefined {
  if (row === undefined) return undefined
  return {
    collectionId: row.collection_id,
    type: row.type,
    source: row.source,
    setId: row.set_id,
    format: row.format,
    status: row.status,
    message: row.message,
    startedAt: row.started_at,
    harvestedAt: row.harvested_at,
    nextFrom: row.next_from,
    running: row.running === null ? null : toRunning(row.running),
    version: row.version,
  }
}

function toRunning({ answeredAt, ...running }: RunningRow): RunningHarvest {
  return { ...running, answeredAt: answeredAt === null ? null : new Date(answeredAt) }
}
