import { SYSTEM_ACTOR } from '../../domain/access/actor.ts'
import type { Guarded } from '../../domain/access/guarded.ts'
import { metadataValue } from '../../domain/metadata/metadata.ts'
import { DEFAULT_COMMUNITY } from '../../domain/objects/repository-object.ts'
import type { Community } from '../../domain/records/record.ts'
import { createCommunityIn } from '../communities/create-community.ts'
import { findCommunity } from './find-place.ts'
import type { TripleWork } from './triple-work.ts'

/**
 * The community of collections that name none, made when the first of them needs it.
 *
 * @throws DomainError `REFERENCE_INVALID`, `CONFLICT` when its pid names something else
 */
export async function defaultCommunity({
  tx,
  deps,
}: Pick<TripleWork, 'tx' | 'deps'>): Promise<Guarded<Community>> {
  await tx.lock('default community')
  if ((await tx.objects.find(DEFAULT_COMMUNITY)) === undefined) {
    // What Islandora calls it at first.
    const metadata = { 'dc.title': [metadataValue('Top-level Collection')] }
    const community = { parentId: null, metadata, identifiers: { pid: DEFAULT_COMMUNITY } }
    await createCommunityIn(tx, SYSTEM_ACTOR, community, deps)
  }
  return findCommunity(tx, DEFAULT_COMMUNITY)
}
