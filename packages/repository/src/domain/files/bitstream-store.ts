import type { AccessFacts } from '../access/allows.ts'
import type { Grants } from '../access/grants.ts'
import type { Guarded } from '../access/guarded.ts'
import type { NewPolicy } from '../access/policy.ts'
import type { DatastreamFacts } from '../datastreams/datastream.ts'
import type { Page, PageRequest } from '../page.ts'
import type { Bitstream, Bundle, StoredContent } from '../records/record.ts'

/** A file with what decides on its bytes (`access`) and on its description (`metadataAccess`). */
export interface GuardedBitstream extends Guarded<Bitstream> {
  /**
   * A file's description may be read by whoever may read the file or the bundle that it is in: an embargoed file is
   * listed, but cannot be downloaded. For a logo, whoever may read its community or collection.
   */
  readonly metadataAccess: AccessFacts
  /** The item that it is in; null for a logo. */
  readonly itemId: string | null
  /** The community or collection that it is the logo of. */
  readonly logoOfId: string | null
}

export interface BitstreamReader {
  find(id: string): Promise<GuardedBitstream | undefined>
  /** The files of a bundle that the actor may see, in their order. Sorts by `name`, `sizeBytes`. */
  list(query: { bundleId: string }, page: PageRequest): Promise<Page<Bitstream>>
  findAll(ids: readonly string[], grants: Grants): Promise<ReadonlyMap<string, Bitstream>>
  /** The first `size` files of each bundle, by the bundle's uuid; the bundles' readability is the caller's concern. */
  ofBundles(bundleIds: readonly string[], size: number): Promise<ReadonlyMap<string, Page<Bitstream>>>
  /** The thumbnail of each item: the first granted file of bundle THUMBNAIL that fits its primary or first file. */
  thumbnailsOfItems(itemIds: readonly string[], grants: Grants): Promise<ReadonlyMap<string, Bitstream>>
  /** The thumbnail of each file of ORIGINAL: the granted file `NAME.jpg` in THUMBNAIL of the same item. */
  thumbnailsOfBitstreams(ids: readonly string[], grants: Grants): Promise<ReadonlyMap<string, Bitstream>>
  /** The file of an item with that sequence id, or else that name in any bundle. */
  ofItem(itemId: string, wanted: { sequenceId?: number; name?: string }): Promise<Bitstream | undefined>
  /** The bitstreams of a bundle, ids only, in their order. */
  orderOf(bundleId: string): Promise<readonly string[]>
}

/** A file that enters a bundle, with all that is written with it. */
export interface FileEntry {
  /** Comes behind the bundle's others, with the item's next sequence id. */
  readonly bitstream: Bitstream
  readonly itemId: string
  /** Its bundle, where that is to be made; it comes behind the item's others. */
  readonly newBundle?: Bundle
  /** Those of the file, and of the bundle that is to be made. */
  readonly policies: readonly NewPolicy[]
  /** What is told of it as a datastream; without it it is named by its bundle. */
  readonly facts?: Partial<DatastreamFacts> & Pick<DatastreamFacts, 'dsid'>
}

/** A file that has entered a bundle. */
export interface EnteredFile {
  readonly bitstream: Bitstream
  /** The media type: that of its facts, or else that of its format. */
  readonly mimetype: string
}

export interface BitstreamStore extends BitstreamReader {
  /**
   * Writes files that enter bundles of different items, each a change of its item: one statement. The items must be locked.
   *
   * @throws DomainError `CONFLICT` with `field: 'dsid'` when another file of the item has that name
   */
  enter(entries: readonly FileEntry[]): Promise<readonly EnteredFile[]>
  /** Adds the file behind the bundle's others and gives it the item's next sequence id. */
  insert(bitstream: Bitstream): Promise<Bitstream>
  /**
   * Adds the files of new bundles: in this order, with the sequence ids that they bring, which the items must count as
   * given (see `ItemStore.insertMany`).
   */
  insertMany(bitstreams: readonly Bitstream[]): Promise<void>
  /** @throws DomainError `VERSION_CONFLICT` */
  update(bitstream: Bitstream): Promise<Bitstream>
  /** Puts the files of a bundle into this order; every one of them must be named. */
  reorder(bundleId: string, ids: readonly string[]): Promise<void>
  delete(ids: readonly string[]): Promise<void>
}

/** Which bytes are known to the database, and which of them are not yet permanent. */
export interface ContentRegister {
  /** Records staged bytes (or that known bytes are staged anew), under a lock that keeps the sweep of released content away. */
  register(content: StoredContent): Promise<void>
  /** The same for several contents of different digests. */
  registerMany(contents: readonly StoredContent[]): Promise<void>
  /** The bytes are permanent now. */
  kept(sha256: string, stagingName: string): Promise<void>
  /** The same for several contents of different digests. */
  keptMany(contents: readonly StoredContent[]): Promise<void>
  /** Those of the digests that files or former contents refer to; their rows stay locked. */
  lockReferenced(digests: readonly string[]): Promise<ReadonlySet<string>>
  /** Everything committed but not yet permanent. */
  staged(): Promise<readonly StoredContent[]>
  /** Forgets the bytes unless a file still refers to them; takes the lock of {@link register}. */
  forgetUnreferenced(sha256: string): Promise<boolean>
  /** The digests known, in order, after the given one: for fixity checks in portions. */
  digestsAfter(sha256: string, limit: number): Promise<readonly StoredContent[]>
  /** How many contents there are, and their size in bytes. */
  totals(): Promise<{ readonly contents: number; readonly bytes: number }>
}
