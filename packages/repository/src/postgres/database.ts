import { Kysely } from 'kysely'
import { types as builtInTypes, type ClientConfig, type CustomTypesConfig, type Pool } from 'pg'
import { pipelinedDialect, pooledDialect, type StatementListener } from './dialect.ts'
import { directKysely } from './direct-executor.ts'
import type { Schema } from './schema.ts'
import { runTransactions, transactionPool, type RunTransaction } from './transactions.ts'

/** Where PostgreSQL is: a URL, or the parts of one. */
export type DatabaseAddress =
  | { readonly url: string }
  | {
      readonly host: string
      readonly port: number
      readonly user: string
      readonly password: string
      readonly database: string
    }

export interface Database {
  /**
   * For reads outside a transaction: statements are prepared once and run over a few pipelined connections.
   * Never begin a transaction on it.
   */
  readonly read: Kysely<Schema>
  /**
   * For searches, whose cost is up to who asks: on connections of their own, so that they hold up nothing else, and each
   * for {@link LONGEST_SEARCH} at most.
   */
  readonly search: Kysely<Schema>
  /** For transactions, and for the rare statement that needs a connection of its own. */
  readonly write: Kysely<Schema>
  /** Runs a transaction on one of the connections of `write`. */
  readonly transact: RunTransaction
  /** Calls back for every statement sent, until the returned function is called. Counts statements in tests. */
  onStatement(listener: StatementListener): () => void
  /**
   * Calls back for every announcement on one of {@link CHANNELS} that a connection for transactions hears, until the returned function
   * is called. What a transaction announces its own connection hears before its commit is answered.
   */
  onAnnounced(listener: (channel: string) => void): () => void
  close(): Promise<void>
}

/** Where triggers announce that what somebody may do has changed, or a format. */
export const CHANNELS = ['hexapla_rights', 'hexapla_formats'] as const

const SEARCHERS = 6
/** milliseconds */
const LONGEST_SEARCH = 10_000

/**
 * Opens the connections to PostgreSQL; they are made when first used.
 *
 * @param options.readers pipelined connections for reads (default 2)
 * @param options.writers the most transactions at one time (default 10)
 */
export function openDatabase(
  address: DatabaseAddress,
  options: { readers?: number; writers?: number } = {},
): Database {
  const config: ClientConfig = {
    ...('url' in address ? { connectionString: address.url } : address),
    application_name: 'hexapla',
    types,
  }
  const listeners = new Set<StatementListener>()
  const notify: StatementListener = (statement) => {
    for (const listener of listeners) listener(statement)
  }
  const read = directKysely<Schema>(pipelinedDialect({ config, connections: options.readers ?? 2, notify }))
  const pool = transactionPool({ ...config, max: options.writers ?? 10 })
  const announced = new Set<(channel: string) => void>()
  listenOnAll(pool, (channel) => {
    for (const listener of announced) listener(channel)
  })
  const write = new Kysely<Schema>({ dialect: pooledDialect({ pool, notify }) })
  const searchPool = transactionPool({ ...config, max: SEARCHERS, statement_timeout: LONGEST_SEARCH })
  const search = new Kysely<Schema>({ dialect: pooledDialect({ pool: searchPool, notify }) })
  return {
    read,
    search,
    write,
    transact: runTransactions(pool, notify),
    onStatement(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onAnnounced(listener) {
      announced.add(listener)
      return () => announced.delete(listener)
    },
    async close() {
      await Promise.all([read.destroy(), search.destroy(), write.destroy()])
    },
  }
}

/** PostgreSQL tells a session of what it announced itself before it is ready for the next statement (postgres.c). */
function listenOnAll(pool: Pool, onHeard: (channel: string) => void): void {
  pool.on('connect', (client) => {
    client.on('notification', ({ channel }) => onHeard(channel))
    // Where it fails the connection is broken, which whoever wanted it hears.
    client.query(CHANNELS.map((channel) => `listen ${channel}`).join(';')).catch(() => undefined)
  })
}

const BIGINT = 20
const DATE = 1082

// Counters and sizes stay below 2^53; policies' dates are days without a time zone, so they stay text.
const types: CustomTypesConfig = {
  getTypeParser: (type: Parameters<typeof builtInTypes.getTypeParser>[0], format?: 'text' | 'binary') => {
    const oid: number = type
    if (oid === BIGINT) return Number
    if (oid === DATE) return (text: string) => text
    return format === 'binary'
      ? builtInTypes.getTypeParser(type, 'binary')
      : builtInTypes.getTypeParser(type, 'text')
  },
}
