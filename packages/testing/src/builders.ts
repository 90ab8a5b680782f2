import { Readable } from 'node:stream'
import {
  metadataValue,
  SYSTEM_ACTOR,
  type Bitstream,
  type Bundle,
  type Collection,
  type Community,
  type Item,
  type Metadata,
  type Repository,
} from '@hexapla/repository'

/** Makes records past the API, as the system: what a test is not about, but needs. */
export function buildersFor(repository: Repository) {
  const { useCases } = repository
  const titled = (title: string, more: Metadata = {}): Metadata => ({
    ...more,
    'dc.title': [metadataValue(title)],
  })
  return {
    community: (title = 'A community', parentId: string | null = null): Promise<Community> =>
      useCases.communities.create(SYSTEM_ACTOR, { parentId, metadata: titled(title) }),
    async collection(title = 'A collection', parentId?: string): Promise<Collection> {
      const parent = parentId ?? (await this.community()).id
      return useCases.collections.create(SYSTEM_ACTOR, { parentId: parent, metadata: titled(title) })
    },
    async item(title = 'An item', owningCollectionId?: string, more: Metadata = {}): Promise<Item> {
      const owner = owningCollectionId ?? (await this.collection()).id
      return useCases.items.create(SYSTEM_ACTOR, { owningCollectionId: owner, metadata: titled(title, more) })
    },
    bundle: (itemId: string, name = 'ORIGINAL'): Promise<Bundle> =>
      useCases.bundles.create(SYSTEM_ACTOR, { itemId, name, metadata: {} }),
    file: (bundleId: string, name = 'a.txt', content: string | Uint8Array = 'content'): Promise<Bitstream> =>
      useCases.bitstreams.upload(SYSTEM_ACTOR, {
        bundleId,
        name,
        metadata: {},
        source: Readable.from([Buffer.from(content)]),
      }),
  }
}
