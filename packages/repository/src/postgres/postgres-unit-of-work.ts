import { sql, type Kysely } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { Reading, Transaction, UnitOfWork } from '../domain/unit-of-work.ts'
import type { NamingConfig } from '../domain/records/identifiers.ts'
import { postgresActorReader } from './access/postgres-actor-reader.ts'
import { postgresPermissionStore } from './access/postgres-permission-store.ts'
import { postgresPolicyStore } from './access/postgres-policy-store.ts'
import { postgresCollectionStore } from './collections/postgres-collection-store.ts'
import { postgresCommunityStore } from './communities/postgres-community-store.ts'
import { postgresDatasetStore } from './datasets/postgres-dataset-store.ts'
import { postgresDatastreamTokenStore } from './datastreams/postgres-datastream-token-store.ts'
import { postgresDatastreamStore } from './datastreams/postgres-datastream-store.ts'
import { postgresBitstreamStore } from './files/postgres-bitstream-store.ts'
import { postgresBundleStore } from './files/postgres-bundle-store.ts'
import { postgresContentRegister } from './files/postgres-content-register.ts'
import { gatherReads } from './gather-reads.ts'
import { postgresHarvestStore } from './harvest/postgres-harvest-store.ts'
import { postgresHomeStore } from './files/postgres-home-store.ts'
import { postgresImportLog } from './import/postgres-import-log.ts'
import { postgresItemStore } from './items/postgres-item-store.ts'
import { postgresObjectStore } from './objects/postgres-object-store.ts'
import { rememberedSight } from './items/remembered-sight.ts'
import { postgresGroupStore } from './people/postgres-group-store.ts'
import { postgresPersonStore } from './people/postgres-person-store.ts'
import { postgresRegistrationStore } from './people/postgres-registration-store.ts'
import { postgresIdentifierStore } from './records/postgres-identifier-store.ts'
import { postgresPidNumbers } from './records/postgres-pid-numbers.ts'
import { postgresRecordFinder } from './records/postgres-record-finder.ts'
import { postgresSiteStore } from './records/postgres-site-store.ts'
import { postgresEntityModel } from './relationships/postgres-entity-model.ts'
import { postgresRelationshipStore } from './relationships/postgres-relationship-store.ts'
import { postgresFieldStore } from './registries/postgres-field-store.ts'
import { postgresFormatStore } from './registries/postgres-format-store.ts'
import { postgresSchemaStore } from './registries/postgres-schema-store.ts'
import { postgresSettingStore } from './settings/postgres-setting-store.ts'
import { postgresRecordSearch } from './search/postgres-record-search.ts'
import { postgresRecordQueries } from './search/postgres-record-queries.ts'
import { postgresSearchChanges } from './search/postgres-search-changes.ts'
import { postgresSearchIndex } from './search/postgres-search-index.ts'
import { postgresTokenStore } from './tokens/postgres-token-store.ts'
import { postgresTripleStore } from './triples/postgres-triple-store.ts'
import { isRetryable } from './pg-errors.ts'
import type { Schema } from './schema.ts'
import type { RunningTransaction, RunTransaction } from './transactions.ts'

function stores(db: Kysely<Schema>) {
  return {
    actors: postgresActorReader(db),
    finder: postgresRecordFinder(db),
    search: postgresRecordSearch(db),
    recordQueries: postgresRecordQueries(db),
    searchIndex: postgresSearchIndex(db),
    searchChanges: postgresSearchChanges(db),
    site: postgresSiteStore(db),
    communities: postgresCommunityStore(db),
    collections: postgresCollectionStore(db),
    items: postgresItemStore(db),
    entityModel: postgresEntityModel(db),
    relationships: postgresRelationshipStore(db),
    bundles: postgresBundleStore(db),
    bitstreams: postgresBitstreamStore(db),
    datasets: postgresDatasetStore(db),
    datastreams: postgresDatastreamStore(db),
    objects: postgresObjectStore(db),
    pids: postgresPidNumbers(db),
    formats: postgresFormatStore(db),
    schemas: postgresSchemaStore(db),
    fields: postgresFieldStore(db),
    people: postgresPersonStore(db),
    groups: postgresGroupStore(db),
    policies: postgresPolicyStore(db),
    permissions: postgresPermissionStore(db),
    contents: postgresContentRegister(db),
    homes: postgresHomeStore(db),
    imports: postgresImportLog(db),
    harvests: postgresHarvestStore(db),
    settings: postgresSettingStore(db),
    tokens: postgresTokenStore(db),
    triples: postgresTripleStore(db),
  }
}

/** Every store for reading outside a transaction. */
export function postgresReading(db: Kysely<Schema>): Reading {
  const all = stores(db)
  return {
    ...all,
    items: { ...all.items, sight: rememberedSight(db) },
    objects: { ...all.objects, find: gatherReads((pids: readonly string[]) => all.objects.findAll(pids)) },
  }
}

/** The stores whose statements may take long, on connections of their own. */
export function postgresSearching(
  db: Kysely<Schema>,
): Pick<Reading, 'search' | 'recordQueries' | 'datasets'> {
  return {
    search: postgresRecordSearch(db),
    recordQueries: postgresRecordQueries(db),
    datasets: postgresDatasetStore(db),
  }
}

/** How often a unit of work is begun anew when it lost a race with another. */
const MAX_ATTEMPTS = 8

/**
 * Units of work as PostgreSQL transactions. One that lost a race (its record was changed between its read and its
 * write, or the database had to end a deadlock) is rolled back and run again, so `work` must have no effect outside.
 *
 * @param options.onCommitted called after each commit: there may be work in the outbox
 * @param options.guard runs first in every transaction, which fails with it
 */
export function postgresUnitOfWork(
  transact: RunTransaction,
  options: {
    naming: NamingConfig
    onCommitted: () => void
    guard?: (trx: Kysely<Schema>) => Promise<void>
  },
): UnitOfWork {
  // Made once for each connection.
  const known = new WeakMap<RunningTransaction, Transaction>()
  const storesOf = (running: RunningTransaction): Transaction => {
    const made = known.get(running) ?? {
      ...transactionStores(running.db, options.naming),
      last: transactionStores(running.last, options.naming),
    }
    known.set(running, made)
    return made
  }
  const attempt = <T>(work: (tx: Transaction) => Promise<T>) =>
    transact(async (running) => {
      await options.guard?.(running.db)
      return work(storesOf(running))
    })
  return async (work) => {
    const result = await repeatLostRaces(() => attempt(work))
    options.onCommitted()
    return result
  }
}

async function repeatLostRaces<T>(attempt: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (count === MAX_ATTEMPTS || !lostRace(error)) throw error
    }
  }
}

function transactionStores(trx: Kysely<Schema>, naming: NamingConfig): Transaction['last'] {
  return {
    ...stores(trx),
    identifiers: postgresIdentifierStore(trx, naming),
    datastreamTokens: postgresDatastreamTokenStore(trx),
    registrations: postgresRegistrationStore(trx),
    async lock(name) {
      await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx)
    },
    async enqueue(topic, payload) {
      await sql`insert into outbox (topic, payload) values (${topic}, ${JSON.stringify(payload)}::jsonb)`.execute(
        trx,
      )
    },
  }
}

/** A version conflict that no caller's expectation caused: the actual version is not known, since the write found it. */
function lostRace(error: unknown): boolean {
  if (error instanceof DomainError) return error.code === 'VERSION_CONFLICT' && error.data['actual'] === null
  return isRetryable(error)
}
