import type { UnitOfWork } from '../domain/unit-of-work.ts'
import type { JobHandler } from './outbox-worker.ts'
import { textOf } from './text-of.ts'

/** Topic of records whose search entries could not be written, left by the database; the payload is `{ recordId }`. */
const ENTRY_MISSING = 'entry-missing'

/** The handler of search entries that could not be written, by topic: they are tried again. */
export function entryJobs({
  unitOfWork,
}: {
  readonly unitOfWork: UnitOfWork
}): Readonly<Record<string, JobHandler>> {
  return {
    [ENTRY_MISSING]: (payload) => unitOfWork((tx) => tx.searchIndex.refresh([textOf(payload, 'recordId')])),
  }
}
