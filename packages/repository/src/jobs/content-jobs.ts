import type { ContentStore } from '../domain/files/content-store.ts'
import type { StoredContent } from '../domain/records/record.ts'
import type { UnitOfWork } from '../domain/unit-of-work.ts'
import { CONTENT_STAGED, keepIfReferenced } from '../services/files/keep-content.ts'
import { textOf } from './text-of.ts'
import type { JobHandler } from './outbox-worker.ts'

/** Topic of content that lost a file, written by triggers of the database; the payload is `{ sha256 }`. */
export const CONTENT_RELEASED = 'content-released'

interface ContentJobDeps {
  readonly unitOfWork: UnitOfWork
  readonly contents: ContentStore
}

/** The handlers of the work that files leave behind, by topic. */
export function contentJobs(deps: ContentJobDeps): Readonly<Record<string, JobHandler>> {
  return { [CONTENT_RELEASED]: releaseContent(deps), [CONTENT_STAGED]: keepStagedContent(deps) }
}

/**
 * Removes bytes that no file refers to any more. They go before the register's row does: whoever brings the same bytes
 * waits for that row, and then stores them anew.
 */
function releaseContent({ unitOfWork, contents }: ContentJobDeps): JobHandler {
  return (payload) =>
    unitOfWork(async (tx) => {
      const sha256 = textOf(payload, 'sha256')
      if (await tx.contents.forgetUnreferenced(sha256)) await contents.remove(sha256)
    })
}

/** Makes bytes permanent that could not be when their file was committed. */
function keepStagedContent({ unitOfWork, contents }: ContentJobDeps): JobHandler {
  return (payload) =>
    unitOfWork(async (tx) => {
      const wanted = textOf(payload, 'stagingName')
      const staged = await tx.contents.staged()
      const content: StoredContent | undefined = staged.find(({ stagingName }) => stagingName === wanted)
      if (content !== undefined) await keepIfReferenced(tx, contents, content)
    })
}
