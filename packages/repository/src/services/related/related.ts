import type { Actor } from '../../domain/access/actor.ts'
import { grantsOf } from '../../domain/access/grants.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { Page } from '../../domain/page.ts'
import type {
  Bitstream,
  BitstreamFormat,
  Bundle,
  Collection,
  Community,
  Item,
  MetadataSchema,
  Person,
} from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

type Found<T, K = string> = Promise<ReadonlyMap<K, T>>

/**
 * What hangs together with records that an actor has been shown: each call loads it for many records in one
 * statement, and only what the actor may see.
 */
export interface Related {
  communities(ids: readonly string[]): Found<Community>
  collections(ids: readonly string[]): Found<Collection>
  items(ids: readonly string[]): Found<Item>
  bundles(ids: readonly string[]): Found<Bundle>
  bitstreams(ids: readonly string[]): Found<Bitstream>
  /** By the parent community's uuid. */
  subcommunities(communityIds: readonly string[], size: number): Found<Page<Community>>
  /** By the community's uuid. */
  collectionsOf(communityIds: readonly string[], size: number): Found<Page<Collection>>
  /** By the item's uuid. */
  mappedCollections(itemIds: readonly string[], size: number): Found<Page<Collection>>
  /** By the item's uuid. */
  bundlesOf(itemIds: readonly string[], size: number): Found<Page<Bundle>>
  /** By the bundle's uuid, for bundles that the actor was shown. */
  bitstreamsOf(bundleIds: readonly string[], size: number): Found<Page<Bitstream>>
  /** By the item's uuid. */
  thumbnailsOfItems(itemIds: readonly string[]): Found<Bitstream>
  /** By the uuid of the file pictured. */
  thumbnailsOfBitstreams(bitstreamIds: readonly string[]): Found<Bitstream>
  /** By the collection's uuid, for collections that the actor administers. */
  templatesOf(collectionIds: readonly string[]): Found<Item>
  formats(ids: readonly number[]): Found<BitstreamFormat, number>
  schemas(ids: readonly number[]): Found<MetadataSchema, number>
  /** Oneself; for administrators, anybody. */
  people(ids: readonly string[]): Found<Person>
}

/** Binds {@link Related} to an actor. */
export function relatedTo({ reading, clock }: { reading: Reading; clock: Clock }) {
  return (actor: Actor): Related => {
    const readable = grantsOf(actor, 'READ', dayOf(clock()))
    return {
      communities: (ids) => reading.communities.findAll(ids, readable),
      collections: (ids) => reading.collections.findAll(ids, readable),
      items: (ids) => reading.items.findAll(ids, readable),
      bundles: (ids) => reading.bundles.findAll(ids, readable),
      bitstreams: (ids) => reading.bitstreams.findAll(ids, readable),
      subcommunities: (ids, size) => reading.communities.childrenOf(ids, readable, size),
      collectionsOf: (ids, size) => reading.collections.ofCommunities(ids, readable, size),
      mappedCollections: (ids, size) => reading.collections.mappedOf(ids, readable, size),
      bundlesOf: (ids, size) => reading.bundles.ofItems(ids, readable, size),
      bitstreamsOf: (ids, size) => reading.bitstreams.ofBundles(ids, size),
      thumbnailsOfItems: (ids) => reading.bitstreams.thumbnailsOfItems(ids, readable),
      thumbnailsOfBitstreams: (ids) => reading.bitstreams.thumbnailsOfBitstreams(ids, readable),
      templatesOf: (ids) => reading.items.templatesOf(ids.filter((id) => administers(actor, id))),
      formats: (ids) => reading.formats.findAll(ids),
      schemas: (ids) => reading.schemas.findAll(ids),
      people: (ids) =>
        reading.people.findAll(ids.filter((id) => actor.isAdministrator || id === actor.personId)),
    }
  }
}

function administers(actor: Actor, containerId: string): boolean {
  return actor.isAdministrator || actor.administers.includes(containerId)
}
