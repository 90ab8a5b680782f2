import { sql, type Kysely } from 'kysely'
import type { Reading, Transaction, UnitOfWork } from '../domain/unit-of-work.ts'
import type { NamingConfig } from '../domain/records/identifiers.ts'
import { postgresActorReader } from './access/postgres-actor-reader.ts'
import { postgresPolicyStore } from './access/postgres-policy-store.ts'
import { postgresCollectionStore } from './collections/postgres-collection-store.ts'
import { postgresCommunityStore } from './communities/postgres-community-store.ts'
import { postgresBitstreamStore } from './files/postgres-bitstream-store.ts'
import { postgresBundleStore } from './files/postgres-bundle-store.ts'
import { postgresContentRegister } from './files/postgres-content-register.ts'
import { postgresItemStore } from './items/postgres-item-store.ts'
import { postgresGroupStore } from './people/postgres-group-store.ts'
import { postgresPersonStore } from './people/postgres-person-store.ts'
import { postgresIdentifierStore } from './records/postgres-identifier-store.ts'
import { postgresRecordFinder } from './records/postgres-record-finder.ts'
import { postgresSiteStore } from './records/postgres-site-store.ts'
import { postgresFieldStore } from './registries/postgres-field-store.ts'
import { postgresFormatStore } from './registries/postgres-format-store.ts'
import { postgresSchemaStore } from './registries/postgres-schema-store.ts'
import type { Schema } from './schema.ts'

function stores(db: Kysely<Schema>) {
  return {
    actors: postgresActorReader(db),
    finder: postgresRecordFinder(db),
    site: postgresSiteStore(db),
    communities: postgresCommunityStore(db),
    collections: postgresCollectionStore(db),
    items: postgresItemStore(db),
    bundles: postgresBundleStore(db),
    bitstreams: postgresBitstreamStore(db),
    formats: postgresFormatStore(db),
    schemas: postgresSchemaStore(db),
    fields: postgresFieldStore(db),
    people: postgresPersonStore(db),
    groups: postgresGroupStore(db),
    policies: postgresPolicyStore(db),
    contents: postgresContentRegister(db),
  }
}

/** Every store for reading outside a transaction. */
export function postgresReading(db: Kysely<Schema>): Reading {
  return stores(db)
}

/**
 * Units of work as PostgreSQL transactions.
 *
 * @param onEnqueued called after a commit that left work in the outbox
 */
export function postgresUnitOfWork(
  db: Kysely<Schema>,
  options: { naming: NamingConfig; onEnqueued: () => void },
): UnitOfWork {
  return async (work) => {
    const afterwards: (() => void | Promise<void>)[] = []
    const result = await db.transaction().execute(async (trx) => {
      const tx: Transaction = {
        ...stores(trx),
        identifiers: postgresIdentifierStore(trx, options.naming),
        async lock(name) {
          await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx)
        },
        async enqueue(topic, payload) {
          await sql`insert into outbox (topic, payload) values (${topic}, ${JSON.stringify(payload)}::jsonb)`.execute(
            trx,
          )
        },
        afterCommit(task) {
          afterwards.push(task)
        },
      }
      return work(tx)
    })
    options.onEnqueued()
    for (const task of afterwards) await task()
    return result
  }
}
