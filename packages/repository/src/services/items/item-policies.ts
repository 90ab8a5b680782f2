import type { Action, NewPolicy, Policy } from '../../domain/access/policy.ts'

/**
 * What a new item inherits from its collection: who may read its items by default may read this one.
 */
export function inheritedItemPolicies(itemId: string, collection: readonly Policy[]): readonly NewPolicy[] {
  return inherited(itemId, collection, 'DEFAULT_ITEM_READ')
}

/** What the files of a new item inherit from its collection. */
export function inheritedFilePolicies(
  resourceId: string,
  collection: readonly Policy[],
): readonly NewPolicy[] {
  return inherited(resourceId, collection, 'DEFAULT_BITSTREAM_READ')
}

function inherited(resourceId: string, policies: readonly Policy[], from: Action): readonly NewPolicy[] {
  return policies
    .filter((policy) => policy.action === from)
    .map((policy) => ({
      ...policy,
      resourceId,
      action: 'READ',
      name: null,
      description: null,
      origin: 'inherited',
    }))
}
