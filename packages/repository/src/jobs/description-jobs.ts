import { describeObject, OBJECT_DESCRIBED } from '../services/search/describe-object.ts'
import type { JobHandler } from './outbox-worker.ts'
import { textOf } from './text-of.ts'

/** The handler of the work that datastreams leave behind that describe their objects, by topic. */
export function descriptionJobs(
  deps: Parameters<typeof describeObject>[0],
): Readonly<Record<string, JobHandler>> {
  const describe = describeObject(deps)
  return { [OBJECT_DESCRIBED]: (payload) => describe(textOf(payload, 'itemId')) }
}
