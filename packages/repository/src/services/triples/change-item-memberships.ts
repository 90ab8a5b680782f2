import { dayOf } from '../../domain/clock.ts'
import { membershipTriple } from '../../domain/triples/triples-of.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { changeItem } from '../items/change-item.ts'
import { mapItem, unmapItem } from '../items/map-item.ts'
import { moveItem } from '../items/move-item.ts'
import type { ItemObject } from '../objects/find-object.ts'
import type { PidChange, Stated } from './triple-change.ts'
import { findPlace } from './find-place.ts'
import { statedMemberships } from './stated-memberships.ts'
import type { TripleWork } from './triple-work.ts'

/** Where an item is: uuids of collections, the owning one first. */
type Place = readonly string[]

/**
 * Moves and maps an item as its memberships say. An item lies in collections alone: that it belongs to a community is kept
 * as it is said, until the item becomes a collection there.
 *
 * @returns what is said of communities from now on, and no more
 * @throws DomainError `REFERENCE_INVALID` for what is neither a collection nor a community, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export async function changeItemMemberships(
  work: TripleWork<ItemObject>,
  { added, removed, inOrder }: PidChange,
): Promise<Stated> {
  const stated = statedMemberships(work.object)
  const parents = work.object.parents.map(({ value }) => value)
  const ids = new Map(parents.map(({ pid, id }) => [pid, id]))
  const communities: string[] = []
  for (const pid of added.filter((one) => !ids.has(one) && !stated.includes(one))) {
    const { value, access } = await findPlace(work.tx, pid)
    if (value.kind === 'collection') {
      ids.set(pid, value.id)
    } else {
      requireAllowed(work.actor, 'ADD', access, work.today, { kind: 'community', id: value.id })
      communities.push(pid)
    }
  }
  const kept = [...ids.keys()].filter((pid) => !removed.includes(pid))
  const before = parents.map(({ id }) => id)
  await place(
    work,
    before,
    ordered(kept, inOrder).flatMap((pid) => ids.get(pid) ?? []),
  )
  return {
    added: communities.map(membershipTriple),
    removed: removed.filter((pid) => stated.includes(pid)).map(membershipTriple),
  }
}

/** The first that is named comes first, unless another one is there that the caller does not know of. */
function ordered(pids: readonly string[], inOrder: readonly string[]): readonly string[] {
  const [owner] = pids
  const first = inOrder.find((pid) => pids.includes(pid))
  if (first === undefined || owner === undefined || !inOrder.includes(owner)) return pids
  return [first, ...pids.filter((pid) => pid !== first)]
}

async function place(work: TripleWork<ItemObject>, before: Place, after: Place): Promise<void> {
  const { deps, actor, object } = work
  const { id: itemId, owningCollectionId: owner } = object.record
  const [newOwner = null, ...mapped] = after
  const gone = before.filter((id) => id !== owner && !after.includes(id))
  if (gone.length > 0) await unmapItem(deps)(actor, { itemId, collectionIds: gone })
  if (newOwner !== owner) await own(work, newOwner)
  const fresh = mapped.filter((id) => id === owner || !before.includes(id))
  if (fresh.length > 0) await mapItem(deps)(actor, { itemId, collectionIds: fresh })
}

async function own(
  { deps, actor, object }: TripleWork<ItemObject>,
  collectionId: string | null,
): Promise<void> {
  const { id, owningCollectionId } = object.record
  if (collectionId !== null) {
    // Who may read what was in no collection is decided by the first one.
    const inheritPolicies = owningCollectionId === null
    await moveItem(deps)(actor, { id, collectionId, inheritPolicies, expected: 'any' })
    return
  }
  await changeItem(deps, actor, { id, expected: 'any' }, async (_tx, found, now) => {
    requireAllowed(actor, 'ADMIN', found.access, dayOf(now), { kind: 'item', id })
    return { ...found.value, owningCollectionId: null }
  })
}
