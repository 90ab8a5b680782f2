import { CompiledQuery, type Kysely } from 'kysely'
import { Client, Pool, type ClientConfig, type PoolClient, type PoolConfig } from 'pg'
import { connectionDialect, PipelinedConnection, type StatementListener } from './dialect.ts'
import { directKysely } from './direct-executor.ts'
import { gatheringSocket } from './gathering-socket.ts'
import type { Schema } from './schema.ts'

/**
 * Runs work in a transaction, on a connection that it has for itself. Statements that are asked for at once are sent at once,
 * and done in that order. Every statement must be waited for before `work` ends.
 *
 * @throws whatever `work` throws, after rolling back
 */
export type RunTransaction = <T>(work: (db: Kysely<Schema>) => Promise<T>) => Promise<T>

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
  readonly connection: PipelinedConnection
  readonly db: Kysely<Schema>
}

const BEGIN = CompiledQuery.raw('begin')
const COMMIT = CompiledQuery.raw('commit')
const ROLLBACK = CompiledQuery.raw('rollback')

/** Transactions on the connections of a pool. */
export function runTransactions(pool: Pool, notify: StatementListener): RunTransaction {
  const lines = new WeakMap<PoolClient, Line>()
  const lineOf = (client: PoolClient): Line => {
    const known = lines.get(client)
    if (known !== undefined) return known
    const gather = client instanceof GatheringClient ? client.gather : () => undefined
    const connection = new PipelinedConnection(client, notify, gather)
    const line = { connection, db: directKysely<Schema>(connectionDialect(connection)) }
    lines.set(client, line)
    return line
  }
  return async (work) => {
    const client = await pool.connect()
    const { connection, db } = lineOf(client)
    try {
      const result = await within(connection, () => work(db))
      client.release()
      return result
    } catch (error) {
      // A connection that cannot even roll back is none.
      const broken = await connection.executeQuery(ROLLBACK).then(
        () => undefined,
        (cause: Error) => cause,
      )
      client.release(broken)
      throw error
    }
  }
}

async function within<T>(connection: PipelinedConnection, work: () => Promise<T>): Promise<T> {
  // Sent with the first statements of the work, which fail if it does.
  const begun = connection.executeQuery(BEGIN)
  begun.catch(() => undefined)
  const result = await work()
  await begun
  await connection.executeQuery(COMMIT)
  return result
}
