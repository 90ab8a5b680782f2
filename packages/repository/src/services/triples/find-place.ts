import type { Guarded } from '../../domain/access/guarded.ts'
import { badReference, conflict } from '../../domain/errors.ts'
import type { Collection, Community } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

/**
 * The collection or community that something is to be in.
 *
 * @throws DomainError `REFERENCE_INVALID` when the pid names neither
 */
export async function findPlace(
  stores: Pick<Reading, 'objects'>,
  pid: string,
): Promise<Guarded<Collection | Community>> {
  const found = await stores.objects.find(pid)
  const record = found?.value.record
  if (found === undefined || record === undefined || record.kind === 'item') {
    throw badReference(`No collection has the pid ${pid}`, pid)
  }
  return { value: record, access: found.access }
}

/**
 * The community that a collection or community is to be in.
 *
 * @throws DomainError `REFERENCE_INVALID` when the pid names neither a collection nor a community, `CONFLICT` for a
 * collection
 */
export async function findCommunity(
  stores: Pick<Reading, 'objects'>,
  pid: string,
): Promise<Guarded<Community>> {
  const { value, access } = await findPlace(stores, pid)
  if (value.kind === 'community') return { value, access }
  throw conflict(`Collections lie in communities, and ${pid} is a collection`, 'object')
}
