import { SYSTEM_ACTOR } from '../../domain/access/actor.ts'
import type { Guarded } from '../../domain/access/guarded.ts'
import { conflict } from '../../domain/errors.ts'
import { metadataValue } from '../../domain/metadata/metadata.ts'
import { DEFAULT_COMMUNITY, type RepositoryObject } from '../../domain/objects/repository-object.ts'
import type { Community } from '../../domain/records/record.ts'
import { createCommunityIn } from '../communities/create-community.ts'
import type { TripleWork } from './triple-work.ts'

/**
 * The community of collections that name none, made when the first of them needs it.
 *
 * @throws DomainError `CONFLICT` when its pid names something else
 */
export async function defaultCommunity({
  tx,
  deps,
}: Pick<TripleWork, 'tx' | 'deps'>): Promise<Guarded<Community>> {
  await tx.lock('default community')
  const found = (await tx.objects.find(DEFAULT_COMMUNITY)) ?? (await make(tx, deps))
  const { record } = found.value
  if (record.kind === 'community') return { value: record, access: found.access }
  throw conflict(`Collections that name no community lie in ${DEFAULT_COMMUNITY}, which is none`, 'object')
}

async function make(tx: TripleWork['tx'], deps: TripleWork['deps']): Promise<Guarded<RepositoryObject>> {
  // What Islandora calls it at first.
  const metadata = { 'dc.title': [metadataValue('Top-level Collection')] }
  const community = { parentId: null, metadata, identifiers: { pid: DEFAULT_COMMUNITY } }
  await createCommunityIn(tx, SYSTEM_ACTOR, community, deps)
  const made = await tx.objects.find(DEFAULT_COMMUNITY)
  if (made === undefined) throw new Error(`${DEFAULT_COMMUNITY} was made and is not there`)
  return made
}
