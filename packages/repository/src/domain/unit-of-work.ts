import type { ActorReader } from './access/actor-reader.ts'
import type { PermissionReader, PermissionStore } from './access/permission-store.ts'
import type { PolicyReader, PolicyStore } from './access/policy-store.ts'
import type { CollectionReader, CollectionStore } from './collections/collection-store.ts'
import type { CommunityReader, CommunityStore } from './communities/community-store.ts'
import type { DatasetReader, DatasetStore } from './datasets/dataset-store.ts'
import type { DatastreamReader, DatastreamStore } from './datastreams/datastream-store.ts'
import type { DatastreamTokenStore } from './datastreams/datastream-token-store.ts'
import type { BitstreamReader, BitstreamStore, ContentRegister } from './files/bitstream-store.ts'
import type { HomeStore } from './files/home-store.ts'
import type { BundleReader, BundleStore } from './files/bundle-store.ts'
import type { HarvestReader, HarvestStore } from './harvest/harvest-store.ts'
import type { ImportLog } from './import/import-log.ts'
import type { ItemReader, ItemStore } from './items/item-store.ts'
import type { ObjectReader, ObjectStore } from './objects/object-store.ts'
import type { GroupReader, GroupStore } from './people/group-store.ts'
import type { PersonReader, PersonStore } from './people/person-store.ts'
import type { RegistrationStore } from './people/registration-store.ts'
import type { IdentifierStore, PidNumbers } from './records/identifiers.ts'
import type { RecordFinder } from './records/record-finder.ts'
import type { SiteStore } from './records/site-store.ts'
import type { EntityModelReader, EntityModelStore } from './relationships/entity-model.ts'
import type { RelationshipReader, RelationshipStore } from './relationships/relationship-store.ts'
import type { FieldStore, FormatStore, SchemaStore } from './registries/registry-store.ts'
import type { RecordSearch } from './search/record-search.ts'
import type { RecordQueries } from './search/record-query.ts'
import type { SearchChanges } from './search/search-changes.ts'
import type { SearchIndex } from './search/search-index.ts'
import type { SettingStore } from './settings/setting-store.ts'
import type { TokenReader, TokenStore } from './tokens/token-store.ts'
import type { TripleStore } from './triples/triple-store.ts'

/** What can be read outside a transaction: each call sees the newest committed state. */
export interface Reading {
  readonly actors: ActorReader
  readonly finder: RecordFinder
  readonly search: RecordSearch
  readonly recordQueries: RecordQueries
  readonly searchIndex: Pick<
    SearchIndex,
    'moment' | 'countOutdated' | 'outdated' | 'unusedWords' | 'isBehind'
  >
  readonly searchChanges: Pick<SearchChanges, 'state'>
  readonly site: Pick<SiteStore, 'find'>
  readonly communities: CommunityReader
  readonly collections: CollectionReader
  readonly items: ItemReader
  readonly entityModel: EntityModelReader
  readonly relationships: RelationshipReader
  readonly bundles: BundleReader
  readonly bitstreams: BitstreamReader
  readonly datasets: DatasetReader
  readonly datastreams: DatastreamReader
  readonly objects: ObjectReader
  readonly pids: PidNumbers
  readonly formats: Pick<FormatStore, 'find' | 'findAll' | 'list' | 'guess'>
  readonly schemas: Pick<SchemaStore, 'find' | 'findAll' | 'byPrefix' | 'list'>
  readonly fields: Pick<FieldStore, 'find' | 'list' | 'unknownAmong' | 'countUses'>
  readonly people: PersonReader
  readonly groups: GroupReader
  readonly policies: PolicyReader
  readonly permissions: PermissionReader
  readonly homes: Pick<HomeStore, 'find'>
  readonly contents: Pick<ContentRegister, 'staged' | 'digestsAfter' | 'totals'>
  readonly imports: Pick<ImportLog, 'known' | 'after'>
  readonly harvests: HarvestReader
  readonly settings: Pick<SettingStore, 'find'>
  readonly tokens: TokenReader
}

/** A running transaction: every store reads and writes within it. It exists only inside {@link UnitOfWork}. */
export interface Transaction extends Reading {
  readonly identifiers: IdentifierStore
  readonly site: SiteStore
  readonly communities: CommunityStore
  readonly collections: CollectionStore
  readonly items: ItemStore
  readonly entityModel: EntityModelStore
  readonly relationships: RelationshipStore
  readonly bundles: BundleStore
  readonly bitstreams: BitstreamStore
  readonly datasets: DatasetStore
  readonly datastreams: DatastreamStore
  readonly objects: ObjectStore
  readonly formats: FormatStore
  readonly schemas: SchemaStore
  readonly fields: FieldStore
  readonly people: PersonStore
  readonly registrations: RegistrationStore
  readonly groups: GroupStore
  readonly policies: PolicyStore
  readonly permissions: PermissionStore
  readonly contents: ContentRegister
  readonly homes: HomeStore
  readonly datastreamTokens: DatastreamTokenStore
  readonly imports: ImportLog
  readonly harvests: HarvestStore
  readonly searchIndex: SearchIndex
  readonly searchChanges: SearchChanges
  readonly settings: SettingStore
  readonly tokens: TokenStore
  readonly triples: TripleStore
  /** Waits until no other transaction holds the lock of this name, and holds it until this one's end. */
  lock(name: string): Promise<void>
  /** Leaves work to be done after the commit, at least once, even over a crash. */
  enqueue(topic: string, payload: unknown): Promise<void>
  /**
   * The same stores, for its last statement: the commit is sent right behind that, an exchange earlier than behind its answer.
   * Where it fails nothing is committed. Nothing is to be sent behind it, and nothing to be refused because of its answer.
   */
  readonly last: Omit<Transaction, 'last'>
}

/** A transaction was to be committed, and it is not known whether it was: the answer was lost. */
export class CommitUncertain extends Error {
  override readonly name = 'CommitUncertain'

  /** @param cause what came instead of the answer */
  constructor(cause: unknown) {
    super('It is not known whether a transaction was committed', { cause })
  }
}

/**
 * Runs `work` in one transaction: all of its writes happen, or none.
 *
 * @throws CommitUncertain when they may have happened
 * @throws whatever else `work` throws, after rolling back
 */
export type UnitOfWork = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>
