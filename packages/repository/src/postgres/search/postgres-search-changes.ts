import { sql, type Kysely } from 'kysely'
import type { SearchChanges } from '../../domain/search/search-changes.ts'
import type { IndexEntry } from '../../domain/search/search-engine.ts'
import type { Schema } from '../schema.ts'
import { DATASTREAM_NAMES, DATASTREAMS } from './compile-datastreams.ts'

interface StateRow {
  readonly isFilled: boolean
  readonly day: string
  readonly lastNote: number | null
}

/** The tables `search_engine` and `search_change`, which triggers write. */
export function postgresSearchChanges(db: Kysely<Schema>): SearchChanges {
  return {
    async state() {
      const { rows } = await sql<StateRow>`
        select is_filled as "isFilled", day, (select max(id) from search_change) as "lastNote" from search_engine
      `.execute(db)
      return rows[0]
    },
    async save(state) {
      if (state === undefined) {
        await sql`delete from search_engine`.execute(db)
        await sql`delete from search_change`.execute(db)
        return
      }
      await sql`
        insert into search_engine (is_filled, day) values (${state.isFilled}, ${state.day}::date)
        on conflict (is_only) do update set is_filled = excluded.is_filled, day = excluded.day
      `.execute(db)
    },
    async noteTurned(from, to) {
      const [before, after] = from < to ? [from, to] : [to, from]
      await sql`
        insert into search_change (record_id)
        select distinct p.resource_id from resource_policy p join search_access a on a.id = p.resource_id
        where p.start_date > ${before}::date and p.start_date <= ${after}::date
          or p.end_date >= ${before}::date and p.end_date < ${after}::date
      `.execute(db)
    },
    async take(size, until) {
      const { rows } = await sql<{ notes: number; ids: readonly string[] }>`
        with taken as (
          delete from search_change where id in (
            select id from search_change where id <= ${until} order by id limit ${size}
          ) returning record_id
        )
        select count(*) as notes, array_agg(distinct record_id) as ids from taken having count(*) > 0
      `.execute(db)
      return rows[0] ?? { notes: 0, ids: [] }
    },
    async forget(ids) {
      await sql`delete from search_change where record_id = any(${ids}::uuid[])`.execute(db)
    },
    async entries(ids, day) {
      const { rows } = await sql<IndexEntry>`
        select e.id, e.fields || jsonb_build_object(${sql.lit(DATASTREAMS)}, ${DATASTREAM_NAMES}) as fields,
          jsonb_path_query_array(open_metadata(r.metadata), '$.*[*].value') as text,
          a.listed, a.container_id as "containerId",
          array(
            select unnest(array_remove(array[p.group_id, p.person_id], null)) from resource_policy p
            where p.resource_id = e.id and p.action in ('READ', 'ADMIN')
              and (p.start_date is null or p.start_date <= ${day}::date)
              and (p.end_date is null or p.end_date >= ${day}::date)
          ) as readers,
          search_moment(clock_timestamp()) ->> 0 as "readAt"
        from search_entry e join search_access a on a.id = e.id join record r on r.id = e.id
        where e.id = any(${ids}::uuid[])
      `.execute(db)
      return rows
    },
  }
}
