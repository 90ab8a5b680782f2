import { dayOf } from '../../domain/clock.ts'
import type { FoundRecord, QueryResult, RecordQueries } from '../../domain/search/record-query.ts'
import type { SearchEngine } from '../../domain/search/search-engine.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { sharedRuns } from './shared-runs.ts'

interface Deps {
  /** Answers until the engine is filled, and tells of the records that it found. */
  readonly own: RecordQueries
  readonly engine: SearchEngine
  readonly changes: Pick<Reading['searchChanges'], 'state'>
  /** See `tellEngine`. */
  readonly tell: (today: string) => Promise<void>
}

/**
 * Queries that another engine answers. It is told of what was committed before it is asked, and what it found is told as it
 * is now, to those who may read it now.
 */
export function engineQueries({ own, engine, changes, tell }: Deps): RecordQueries {
  const tellOnce = sharedRuns(tell)
  return {
    read: (ids, query) => own.read(ids, query),
    async run(query, now): Promise<QueryResult> {
      const state = await changes.state()
      if (state?.isFilled !== true) return own.run(query, now)
      const today = dayOf(now)
      if (state.lastNote !== null || state.day !== today) await tellOnce(today)
      const { hits, ...found } = await engine.query(query, now)
      const told = await own.read(
        hits.map(({ id }) => id),
        query,
      )
      const records = hits.flatMap(({ id, score }): FoundRecord[] => {
        const fields = told.get(id)
        return fields === undefined ? [] : [{ id, score, fields }]
      })
      return { ...found, records }
    },
  }
}
