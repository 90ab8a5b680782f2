import { findRecord } from '../services/records/find-record.ts'
import { queryRecords } from '../services/search/query-records.ts'
import { rebuildSearchIndex } from '../services/search/rebuild-search-index.ts'
import { searchRecords } from '../services/search/search-records.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with records of any kind. */
export function recordsUseCases(deps: UseCaseDeps) {
  return {
    find: findRecord(deps),
    query: queryRecords(deps),
    rebuildSearchIndex: rebuildSearchIndex(deps),
    search: searchRecords(deps),
  }
}
