import { Readable } from 'node:stream'
import {
  metadataValue,
  openRepository,
  SYSTEM_ACTOR,
  type Metadata,
  type RepositoryConfig,
} from '@hexapla/repository'

const ITEMS = 200
const FILES_AN_ITEM = 2

/** What the measurements work on. */
export interface Seeded {
  readonly collectionId: string
  readonly itemIds: readonly string[]
  /** An empty bundle, for uploads. */
  readonly bundleId: string
}

/** Makes a collection with items of the usual size: a dozen metadata values and two small files each. */
export async function seed(config: RepositoryConfig): Promise<Seeded> {
  const repository = await openRepository(config)
  const { communities, collections, items, bundles, bitstreams } = repository.useCases
  const named = (title: string): Metadata => ({ 'dc.title': [metadataValue(title)] })
  try {
    const community = await communities.create(SYSTEM_ACTOR, { parentId: null, metadata: named('Community') })
    const { id: collectionId } = await collections.create(SYSTEM_ACTOR, {
      parentId: community.id,
      metadata: named('Collection'),
    })
    const makeItem = async (index: number, files: number) => {
      const item = await items.create(SYSTEM_ACTOR, {
        owningCollectionId: collectionId,
        metadata: itemMetadata(index),
      })
      const bundle = await bundles.create(SYSTEM_ACTOR, { itemId: item.id, name: 'ORIGINAL', metadata: {} })
      for (let file = 0; file < files; file++) {
        await bitstreams.upload(SYSTEM_ACTOR, {
          bundleId: bundle.id,
          name: `file-${file}.txt`,
          metadata: {},
          source: Readable.from([Buffer.from(`Content of file ${file} of item ${index}`)]),
        })
      }
      return { itemId: item.id, bundleId: bundle.id }
    }
    const itemIds: string[] = []
    for (let index = 0; index < ITEMS; index++) itemIds.push((await makeItem(index, FILES_AN_ITEM)).itemId)
    return { collectionId, itemIds, bundleId: (await makeItem(ITEMS, 0)).bundleId }
  } finally {
    await repository.close()
  }
}

/** The metadata of an item as repositories hold them. */
export function itemMetadata(index: number): Metadata {
  const one = (value: string) => [metadataValue(value)]
  return {
    'dc.title': one(`Observations of the tide at station ${index}, with remarks on method`),
    'dc.contributor.author': ['Shepherd, Kim', 'Stvilia, Besiki', `Observer, No. ${index}`].map((name) =>
      metadataValue(name),
    ),
    'dc.date.issued': one('2026-11-22'),
    'dc.date.accessioned': one('2026-11-22T01:02:03Z'),
    'dc.description.abstract': one('The tide was observed hourly for a year. '.repeat(20)),
    'dc.subject': ['tides', 'oceanography', 'time series', 'coast'].map((word) => metadataValue(word)),
    'dc.language.iso': one('en'),
    'dc.publisher': one('Institute of the Sea'),
    'dc.identifier.uri': one(`https://hdl.handle.net/123456789/${index}`),
    'dc.type': one('Dataset'),
  }
}
