import { inspect } from 'node:util'
import type { Clock } from './domain/clock.ts'
import type { RecordQueries } from './domain/search/record-query.ts'
import type { SearchEngine } from './domain/search/search-engine.ts'
import type { Reading, UnitOfWork } from './domain/unit-of-work.ts'
import { keepingWorker } from './jobs/keeping-worker.ts'
import type { NudgedLoop } from './jobs/nudged-loop.ts'
import { keepEngine } from './services/search/keep-engine.ts'
import { engineQueries } from './services/search/engine-queries.ts'
import { tellEngine } from './services/search/tell-engine.ts'
import { solrEngine } from './solr/solr-engine.ts'

interface OpenedSearchEngine {
  readonly engine: SearchEngine
  /** Answered by the engine as soon as it has every record. */
  readonly recordQueries: RecordQueries
  /** Fills it, and keeps it in step. */
  readonly worker: NudgedLoop
}

/**
 * The engine that answers queries in place of PostgreSQL.
 *
 * @param solrUrl null for none, and one that was in use is forgotten; undefined leaves that to other processes
 */
export async function openSearchEngine(
  solrUrl: string | null | undefined,
  deps: {
    readonly reading: Pick<Reading, 'recordQueries' | 'searchIndex' | 'searchChanges'>
    readonly unitOfWork: UnitOfWork
    readonly clock: Clock
    readonly log: (line: string) => void
  },
): Promise<OpenedSearchEngine | undefined> {
  const { reading, unitOfWork, log } = deps
  if (solrUrl === undefined) return undefined
  if (solrUrl === null) {
    if ((await reading.searchChanges.state()) !== undefined) {
      await unitOfWork((tx) => tx.searchChanges.save(undefined))
      log('search: Solr is not kept in step any more')
    }
    return undefined
  }
  const engine = solrEngine(solrUrl)
  return {
    engine,
    recordQueries: engineQueries({
      own: reading.recordQueries,
      engine,
      changes: reading.searchChanges,
      tell: tellEngine({ unitOfWork, engine }),
    }),
    worker: keepingWorker({
      keep: keepEngine({
        ...deps,
        engine,
        onFilled: () => log('search: Solr has every record, and answers from now on'),
        onProgress: ({ done, total }) => log(`search: Solr has ${done} of ${total} records`),
      }),
      report: (error) =>
        log(error === undefined ? 'search: Solr is in step again' : `search: ${inspect(error)}`),
    }),
  }
}
