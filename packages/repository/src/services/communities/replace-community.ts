import type { Actor } from '../../domain/access/actor.ts'
import type { Metadata } from '../../domain/metadata/metadata.ts'
import type { Community } from '../../domain/records/record.ts'
import type { ExpectedVersion } from '../expected-version.ts'
import { requireKnownMetadata } from '../metadata/require-known-fields.ts'
import { changeCommunity, type CommunityChangeDeps } from './change-community.ts'

/**
 * Replaces all metadata of a community (RestContract communities.md, "Updating a community").
 *
 * @throws DomainError `FIELD_UNKNOWN`, and those of `changeCommunity`
 */
export function replaceCommunity(deps: CommunityChangeDeps) {
  return (
    actor: Actor,
    input: { id: string; metadata: Metadata; expected: ExpectedVersion },
  ): Promise<Community> =>
    changeCommunity(deps, actor, input, async (tx, community) => {
      await requireKnownMetadata(tx.fields, input.metadata)
      return { ...community, metadata: input.metadata }
    })
}
