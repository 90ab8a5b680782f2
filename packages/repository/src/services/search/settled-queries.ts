import type { RecordQueries } from '../../domain/search/record-query.ts'
import { sharedRuns } from './shared-runs.ts'

/**
 * Queries that are answered when the index has what was committed before.
 *
 * @param settle brings it there, where something is left to do
 */
export function settledQueries(queries: RecordQueries, settle: () => Promise<void>): RecordQueries {
  const settleOnce = sharedRuns<undefined>(settle)
  return {
    read: (ids, query) => queries.read(ids, query),
    async run(query, now) {
      await settleOnce(undefined)
      return queries.run(query, now)
    },
  }
}
