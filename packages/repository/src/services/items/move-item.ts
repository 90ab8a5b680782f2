import type { Actor } from '../../domain/access/actor.ts'
import { dayOf } from '../../domain/clock.ts'
import { badReference } from '../../domain/errors.ts'
import type { Item } from '../../domain/records/record.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import type { ExpectedVersion } from '../expected-version.ts'
import { changeItem, type ItemChangeDeps } from './change-item.ts'
import { inheritedFilePolicies, inheritedItemPolicies } from './item-policies.ts'

/**
 * Moves an item to another owning collection: for those who administer it and may add to the target.
 *
 * @param input.inheritPolicies whether the target's default policies replace those inherited so far
 * @throws DomainError `REFERENCE_INVALID`, and those of `changeItem`
 */
export function moveItem(deps: ItemChangeDeps) {
  return (
    actor: Actor,
    input: { id: string; collectionId: string; inheritPolicies: boolean; expected: ExpectedVersion },
  ): Promise<Item> =>
    changeItem(deps, actor, input, async (tx, found, now) => {
      const item = found.value
      const target = await tx.collections.find(input.collectionId)
      if (target === undefined) {
        throw badReference(`No collection has the identifier ${input.collectionId}`, input.collectionId)
      }
      const today = dayOf(now)
      requireAllowed(actor, 'ADMIN', found.access, today, { kind: 'item', id: item.id })
      requireAllowed(actor, 'ADD', target.access, today, { kind: 'collection', id: target.value.id })
      if (target.value.id === item.owningCollectionId) return item

      // An item is never both owned by and mapped into one collection.
      await tx.items.unmap(item.id, target.value.id)
      if (input.inheritPolicies) {
        const { bundles, bitstreams } = await tx.policies.resourcesOfItem(item.id)
        await tx.policies.remove([item.id, ...bundles, ...bitstreams], { origin: 'inherited' })
        await tx.policies.insert([
          ...inheritedItemPolicies(item.id, target.access.policies),
          ...bundles.flatMap((id) => inheritedItemPolicies(id, target.access.policies)),
          ...bitstreams.flatMap((id) => inheritedFilePolicies(id, target.access.policies)),
        ])
      }
      return { ...item, owningCollectionId: target.value.id }
    })
}
