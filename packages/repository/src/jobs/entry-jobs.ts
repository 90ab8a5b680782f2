import { DESCRIPTION_MISSING, describeAgain, type IndexDeps } from '../services/search/catch-up-index.ts'
import type { JobHandler } from './outbox-worker.ts'
import { textOf } from './text-of.ts'

/** Topic of records whose search entries could not be written, left by the database; the payload is `{ recordId }`. */
const ENTRY_MISSING = 'entry-missing'

/** The handlers of search entries that could not be written, by topic: they are tried again. */
export function entryJobs(deps: IndexDeps): Readonly<Record<string, JobHandler>> {
  const describe = describeAgain(deps)
  return {
    [ENTRY_MISSING]: (payload) =>
      deps.unitOfWork((tx) => tx.searchIndex.refresh([textOf(payload, 'recordId')])),
    [DESCRIPTION_MISSING]: (payload) => describe(textOf(payload, 'recordId')),
  }
}
