import { conflict } from '../../domain/errors.ts'
import { DEFAULT_COMMUNITY } from '../../domain/objects/repository-object.ts'
import type { Community } from '../../domain/records/record.ts'
import { requireAdministrator, requireAllowed } from '../access/require-allowed.ts'
import type { PidChange } from './triple-change.ts'
import { defaultCommunity } from './default-community.ts'
import { findCommunity } from './find-place.ts'
import type { TripleWork } from './triple-work.ts'

/**
 * The one community that memberships name; undefined where they name none. Whatever is named takes the place of the default
 * community: that is where those lie who name none.
 *
 * @param before pids that were named
 * @throws DomainError `CONFLICT` when there are several
 */
export function namedCommunity(
  before: readonly string[],
  { added, removed }: Pick<PidChange, 'added' | 'removed'>,
): string | undefined {
  const kept = before.filter((pid) => !removed.includes(pid))
  const fresh = added.filter((pid) => !kept.includes(pid))
  const all = [...kept.filter((pid) => pid !== DEFAULT_COMMUNITY || fresh.length === 0), ...fresh]
  if (all.length > 1)
    throw conflict(`Collections and communities lie in one community, not in ${all.join(' and ')}`, 'object')
  return all[0]
}

/**
 * The community that a collection or community comes to lie in, for those who may ADD to it. Without a name it is the default
 * one for a collection, and none, for administrators alone, for a community.
 *
 * @param pid what its membership names
 * @throws DomainError `REFERENCE_INVALID`, `CONFLICT` for what is no community, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export async function communityFor(
  work: Pick<TripleWork, 'tx' | 'deps' | 'actor' | 'today'>,
  kind: 'collection' | 'community',
  pid: string | undefined,
): Promise<Community | undefined> {
  const { tx, actor, today } = work
  if (pid === undefined && kind === 'community') {
    requireAdministrator(actor, { kind, id: null }, 'write')
    return undefined
  }
  const { value, access } = pid === undefined ? await defaultCommunity(work) : await findCommunity(tx, pid)
  requireAllowed(actor, 'ADD', access, today, { kind: 'community', id: value.id })
  return value
}
