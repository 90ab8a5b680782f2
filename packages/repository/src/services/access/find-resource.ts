import type { Guarded } from '../../domain/access/guarded.ts'
import { notFound } from '../../domain/errors.ts'
import type { RecordBase, RecordKind } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

type Resource = RecordBase & { readonly kind: RecordKind }

/**
 * Finds whatever policies can be on, with what decides on it.
 *
 * @throws DomainError `NOT_FOUND`, also for a person or group
 */
export async function findResource(reading: Reading, id: string): Promise<Guarded<Resource>> {
  const kind = (await reading.finder.byUuid(id))?.kind
  const found = kind === undefined ? undefined : await findOfKind(reading, kind, id)
  if (found === undefined) throw notFound('resource', id)
  return found
}

async function findOfKind(
  reading: Reading,
  kind: RecordKind,
  id: string,
): Promise<Guarded<Resource> | undefined> {
  switch (kind) {
    case 'site':
      return reading.site.find()
    case 'community':
      return reading.communities.find(id)
    case 'collection':
      return reading.collections.find(id)
    case 'item':
      return reading.items.find(id)
    case 'bundle':
      return reading.bundles.find(id)
    case 'bitstream':
      return reading.bitstreams.find(id)
    case 'person':
    case 'group':
    default:
      return undefined
  }
}
