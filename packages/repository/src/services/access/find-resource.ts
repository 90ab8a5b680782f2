import type { Guarded } from '../../domain/access/guarded.ts'
import { notFound } from '../../domain/errors.ts'
import type { RecordBase, RecordKind } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

/** Something that policies can be on. */
export interface GuardedResource extends Guarded<RecordBase & { readonly kind: RecordKind }> {
  /** The item that it is or lies in, if any. */
  readonly itemId: string | null
}

/**
 * Finds whatever policies can be on, with what decides on it.
 *
 * @throws DomainError `NOT_FOUND`, also for a person or group
 */
export async function findResource(reading: Reading, id: string): Promise<GuardedResource> {
  const kind = (await reading.finder.byUuid(id))?.kind
  const found = kind === undefined ? undefined : await findOfKind(reading, kind, id)
  if (found === undefined) throw notFound('resource', id)
  return found
}

async function findOfKind(
  reading: Reading,
  kind: RecordKind,
  id: string,
): Promise<GuardedResource | undefined> {
  switch (kind) {
    case 'site':
      return outsideItems(await reading.site.find())
    case 'community':
      return outsideItems(await reading.communities.find(id))
    case 'collection':
      return outsideItems(await reading.collections.find(id))
    case 'item': {
      const item = await reading.items.find(id)
      return item && { ...item, itemId: id }
    }
    case 'bundle': {
      const bundle = await reading.bundles.find(id)
      return bundle && { ...bundle, itemId: bundle.value.itemId }
    }
    case 'bitstream':
      return reading.bitstreams.find(id)
    case 'person':
    case 'group':
    default:
      return undefined
  }
}

function outsideItems(found: Omit<GuardedResource, 'itemId'> | undefined): GuardedResource | undefined {
  return found && { ...found, itemId: null }
}
