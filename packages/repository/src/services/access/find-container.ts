import type { ContainerReference } from '../../domain/access/container-role.ts'
import type { Guarded } from '../../domain/access/guarded.ts'
import { notFound } from '../../domain/errors.ts'
import type { Collection, Community } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

/**
 * Finds the community or collection that is meant, with what decides on it.
 *
 * @throws DomainError `NOT_FOUND`, also when the identifier is of another kind
 */
export async function findContainer(
  reading: Pick<Reading, 'communities' | 'collections'>,
  { kind, id }: ContainerReference,
): Promise<Guarded<Community | Collection>> {
  const found = kind === 'community' ? await reading.communities.find(id) : await reading.collections.find(id)
  if (found === undefined) throw notFound(kind, id)
  return found
}
