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

/** From this day on an embargo counts as for ever (`access.status.embargo.forever.*` of the original). */
const FOR_EVER = '10000-01-01'

/**
 * The status that a file's policies amount to for the anonymous group. A file that was open and is no longer is
 * restricted.
 *
 * @param today the current day, `YYYY-MM-DD`
 */
export function accessStatus(policies: readonly Policy[], today: string): AccessStatus {
  const readers = policies.filter(({ action, groupId }) => action === 'READ' && groupId === ANONYMOUS_GROUP)
  if (readers.some((policy) => isInForce(policy, today))) return { status: 'open.access', embargoDate: null }
  const [embargoDate] = readers.flatMap(({ startDate }) => beginnings(startDate, today)).sort()
  return embargoDate === undefined
    ? { status: 'restricted', embargoDate: null }
    : { status: 'embargo', embargoDate }
}

/** Days with five-digit years do not compare as text, and count as for ever. */
function beginnings(startDate: string | null, today: string): readonly string[] {
  return startDate !== null && startDate.length < FOR_EVER.length && startDate > today ? [startDate] : []
}
