import type { DatabaseConnection, Kysely } from 'kysely'
import { Client, Pool, type ClientConfig, type PoolClient, type PoolConfig } from 'pg'
import { connectionDialect, type StatementListener } from './dialect.ts'
import { directKysely } from './direct-executor.ts'
import { gatheringSocket } from './gathering-socket.ts'
import type { Schema } from './schema.ts'
import { TransactionConnection } from './transaction-connection.ts'

/** A running transaction. */
export interface RunningTransaction {
  readonly db: Kysely<Schema>
  /** The same, for its last statement, with which the commit is sent. */
  readonly last: Kysely<Schema>
}

/**
 * Runs work in a transaction, on a connection that it has for itself. Statements that are asked for at once are sent at once,
 * and done in that order. Every statement must be waited for before `work` ends.
 *
 * @throws CommitUncertain when it may have been committed
 * @throws whatever else `work` throws, after rolling back
 */
export type RunTransaction = <T>(work: (transaction: RunningTransaction) => Promise<T>) => Promise<T>

/** Opens a pool of connections for {@link runTransactions}. */
export function transactionPool(config: PoolConfig): Pool {
  const pool = new Pool({ ...config, pipeline: true, Client: GatheringClient })
  // An idle connection that breaks is dropped by the pool; statements get a fresh one.
  pool.on('error', () => undefined)
  // One that breaks in the middle of a transaction fails the statement under way; that failure is reported.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** A connection whose statements of one moment are one system call. */
class GatheringClient extends Client {
  readonly gather: () => void

  constructor(config?: ClientConfig) {
    const { socket, gather } = gatheringSocket()
    // The pool hides the password from a spread.
    super({ ...config, password: config?.password, stream: () => socket })
    this.gather = gather
  }
}

/** What is kept of a connection as long as the pool keeps it. */
interface Line {
  readonly connection: TransactionConnection
  readonly transaction: RunningTransaction
}

/** Transactions on the connections of a pool. */
export function runTransactions(pool: Pool, notify: StatementListener): RunTransaction {
  const lines = new WeakMap<PoolClient, Line>()
  const lineOf = (client: PoolClient): Line => {
    const known = lines.get(client)
    if (known !== undefined) return known
    const gather = client instanceof GatheringClient ? client.gather : () => undefined
    const connection = new TransactionConnection(client, notify, gather)
    const on = (one: DatabaseConnection) => directKysely<Schema>(connectionDialect(one))
    const line = { connection, transaction: { db: on(connection), last: on(connection.forLast) } }
    lines.set(client, line)
    return line
  }
  return async (work) => {
    const client = await pool.connect()
    const { connection, transaction } = lineOf(client)
    try {
      const result = await connection.within(() => work(transaction))
      client.release()
      return result
    } catch (error) {
      client.release(await connection.giveUp())
      throw error
    }
  }
}
