import { isInForce } from '../../domain/access/allows.ts'
import type { NewPolicy, Policy } from '../../domain/access/policy.ts'
import type { Guarded } from '../../domain/access/guarded.ts'
import type { Item } from '../../domain/records/record.ts'
import { inheritedFilePolicies } from '../items/item-policies.ts'

/** Bundles that are the administrators' alone once the item is archived (`core.authorization.restricted-bundle`). */
const RESTRICTED_BUNDLES: ReadonlySet<string> = new Set(['LICENSE', 'TEXT', 'SWORD'])

/**
 * What a new bundle takes over from its item: everything but ADMIN, which spreads by itself.
 *
 * @param inherited the item's policies
 */
export function newBundlePolicies(
  bundle: { id: string; name: string },
  item: Item,
  inherited: readonly NewPolicy[],
): readonly NewPolicy[] {
  return isRestricted(bundle.name, item) ? [] : takenOver(bundle.id, inherited)
}

/**
 * What a file takes over from the bundle that it enters. Who may read it is said by the collection, where that says
 * so for its files and the item is under no embargo.
 *
 * @param from.inherited the bundle's policies
 * @param from.collection the owning collection's policies
 * @param today the current day, `YYYY-MM-DD`
 */
export function newFilePolicies(
  id: string,
  from: {
    readonly bundleName: string
    readonly inherited: readonly NewPolicy[]
    readonly item: Guarded<Item>
    readonly collection: readonly Policy[]
  },
  today: string,
): readonly NewPolicy[] {
  const item = from.item.value
  if (isRestricted(from.bundleName, item)) return []
  const inherited = takenOver(id, from.inherited)
  const defaults = inheritedFilePolicies(id, from.collection)
  if (defaults.length === 0 || isEmbargoed(from.item.access.policies, today)) return inherited
  const readers = defaults.map((policy) =>
    // A file that joins a withdrawn item is as hidden as its siblings.
    item.withdrawn ? ({ ...policy, action: 'WITHDRAWN_READ' } as const) : policy,
  )
  return [...inherited.filter((policy) => !isReading(policy)), ...readers]
}

/** Whether a bundle's files are hidden from everybody but administrators. */
export function isRestricted(bundleName: string, item: Item): boolean {
  return (item.inArchive || item.withdrawn) && RESTRICTED_BUNDLES.has(bundleName)
}

function isEmbargoed(policies: readonly Policy[], today: string): boolean {
  return policies.some((policy) => isReading(policy) && !isInForce(policy, today))
}

/** Whether a policy is about reading, now or once the item is reinstated. */
export function isReading({ action }: Policy): boolean {
  return action === 'READ' || action === 'WITHDRAWN_READ'
}

function takenOver(resourceId: string, policies: readonly NewPolicy[]): readonly NewPolicy[] {
  return policies
    .filter((policy) => policy.action !== 'ADMIN')
    .map(({ action, personId, groupId, startDate, endDate, name, description, origin }) => ({
      resourceId,
      action,
      personId,
      groupId,
      startDate,
      endDate,
      name,
      description,
      origin,
    }))
}
