import { ANONYMOUS_GROUP } from '../../domain/access/actor.ts'
import { isInForce } from '../../domain/access/allows.ts'
import type { Policy } from '../../domain/access/policy.ts'

/**
 * What everybody may do with a file, or with the main file of an item (RestContract items.md, "Access Status").
 * `embargoDate` is the day from which the file is open, `YYYY-MM-DD`.
 */
export type AccessStatus =
  | {
      readonly status: 'open.access' | 'restricted' | 'metadata.only' | 'unknown'
      readonly embargoDate: null
    }
  | { readonly status: 'embargo'; readonly embargoDate: string }

/**
 * The status that a file's policies amount to for the anonymous group. A file that was open and is no longer is
 * restricted, as is one that opens in the year 10000 (`access.status.embargo.forever.*` of the original).
 *
 * @param today the current day, `YYYY-MM-DD`
 */
export function accessStatus(policies: readonly Policy[], today: string): AccessStatus {
  const readers = policies.filter(
    ({ action, groupId, startDate }) =>
      action === 'READ' && groupId === ANONYMOUS_GROUP && !isForEver(startDate),
  )
  if (readers.some((policy) => isInForce(policy, today))) return { status: 'open.access', embargoDate: null }
  const [embargoDate] = readers
    .flatMap(({ startDate }) => startDate ?? [])
    .filter((day) => day > today)
    .sort()
  return embargoDate === undefined
    ? { status: 'restricted', embargoDate: null }
    : { status: 'embargo', embargoDate }
}

/** Days of five-digit years are longer. */
function isForEver(startDate: string | null): boolean {
  return startDate !== null && startDate.length > 'YYYY-MM-DD'.length
}
