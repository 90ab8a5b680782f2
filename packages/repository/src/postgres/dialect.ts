import { setImmediate } from 'node:timers/promises'
import {
  CompiledQuery,
  PostgresAdapter,
  PostgresIntrospector,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely'
import {
  Client,
  Query,
  type ClientBase,
  type ClientConfig,
  type Pool,
  type PoolClient,
  type QueryResultRow,
  type ResultBuilder,
} from 'pg'
import { DomainError } from '../domain/errors.ts'
import { gatheringSocket } from './gathering-socket.ts'
import { StatementCompiler } from './statement-compiler.ts'

/** Told of each statement as it is sent. */
export type StatementListener = (statement: { readonly sql: string }) => void

/** Kysely over a few connections that many statements share at once (node-postgres `pipeline`). No transactions. */
export function pipelinedDialect(options: {
  config: ClientConfig
  connections: number
  notify: StatementListener
}): Dialect {
  return dialectWith(() => new PipelinedDriver(options))
}

/** Kysely over a pool: a connection of its own for each transaction. */
export function pooledDialect(options: { pool: Pool; notify: StatementListener }): Dialect {
  return dialectWith(() => new PooledDriver(options))
}

/** Kysely over one connection, on which statements need not wait for each other. */
export function connectionDialect(connection: DatabaseConnection): Dialect {
  return dialectWith(() => new ConnectionDriver(connection))
}

function dialectWith(createDriver: () => Driver): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver,
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new StatementCompiler(),
  }
}

/** Names for prepared statements, by their text; bounded, because lists with optional parts vary. */
const statementNames = new Map<string, string>()
const MAX_NAMED_STATEMENTS = 500

/** Begins statements whose text hangs on what a caller asks for: they would use up the names of the others. */
export const UNPREPARED = '/* not prepared */'

function statementName(sql: string): string | undefined {
  if (sql.startsWith(UNPREPARED)) return undefined
  const known = statementNames.get(sql)
  if (known !== undefined || statementNames.size >= MAX_NAMED_STATEMENTS) return known
  const name = `s${statementNames.size}`
  statementNames.set(sql, name)
  return name
}

/** Sends a statement. Handed over ready, it is not copied property by property, as node-postgres does with what describes one. */
function send<Row extends QueryResultRow>(client: ClientBase, { sql, parameters }: CompiledQuery) {
  return new Promise<ResultBuilder<Row>>((resolve, reject) => {
    const answer = (error: Error | undefined, result: ResultBuilder<Row>) => {
      if (error instanceof Error) reject(error)
      else resolve(result)
    }
    // Without parameters a text may hold several statements (a migration), which only the simple protocol takes.
    if (parameters.length === 0) client.query(new Query<Row>(sql, answer))
    else
      client.query(Object.assign(new Query<Row>(sql, [...parameters], answer), { name: statementName(sql) }))
  })
}

// SQLSTATE, PostgreSQL manual, appendix A: character_not_in_repertoire, untranslatable_character.
const UNSTORABLE: ReadonlySet<unknown> = new Set(['22021', '22P05'])

/**
 * PostgreSQL stores every character but U+0000, and callers can send that in any text.
 *
 * @throws DomainError `INVALID` for such a text; any other failure as it is
 */
function refuseUnstorable(error: Error): never {
  // The one that leads here, in place of one that leads to a socket.
  Error.captureStackTrace(error)
  if (!('code' in error && UNSTORABLE.has(error.code))) throw error
  throw new DomainError('INVALID', 'Texts cannot hold the character U+0000', {}, { cause: error })
}

/** A connection as Kysely uses it. */
export class Connection implements DatabaseConnection {
  readonly client: ClientBase
  readonly #notify: StatementListener

  constructor(client: ClientBase, notify: StatementListener) {
    this.client = client
    this.#notify = notify
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    this.#notify(query)
    const result = await send<Row & QueryResultRow>(this.client, query).catch(refuseUnstorable)
    return { rows: result.rows, numAffectedRows: BigInt(result.rowCount ?? 0) }
  }

  streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('Rows are read in pages here, not streamed')
  }
}

/** A connection that many share at once, or many statements of one. */
export class PipelinedConnection extends Connection {
  readonly #gather: () => void

  constructor(client: ClientBase, notify: StatementListener, gather: () => void) {
    super(client, notify)
    this.#gather = gather
  }

  override async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    this.#gather()
    return super.executeQuery<Row>(query).catch(leaveToCause)
  }
}

// SQLSTATE in_failed_sql_transaction.
const BEHIND_FAILURE = '25P02'

/**
 * A statement that was sent behind one that fails is refused for that alone. It says so later, so that whoever waits for both
 * hears of the failure itself.
 */
async function leaveToCause(error: Error): Promise<never> {
  if ('code' in error && error.code === BEHIND_FAILURE) await setImmediate()
  throw error
}

class PipelinedDriver implements Driver {
  readonly #options: { config: ClientConfig; connections: number; notify: StatementListener }
  readonly #slots: (Promise<Connection> | undefined)[]
  #next = 0
  #closed = false

  constructor(options: { config: ClientConfig; connections: number; notify: StatementListener }) {
    this.#options = options
    this.#slots = Array.from({ length: options.connections }, () => undefined)
  }

  async init(): Promise<void> {}

  acquireConnection(): Promise<DatabaseConnection> {
    const slot = this.#next
    this.#next = (slot + 1) % this.#slots.length
    return (this.#slots[slot] ??= this.#connect(slot))
  }

  async #connect(slot: number): Promise<Connection> {
    if (this.#closed) throw new Error('The database is closed')
    const { socket, gather } = gatheringSocket()
    const client = new Client({ ...this.#options.config, pipeline: true, stream: () => socket })
    // A broken connection fails the statements under way; the next statement opens a new one.
    const forget = (): void => {
      this.#slots[slot] = undefined
    }
    client.on('error', forget)
    client.on('end', forget)
    try {
      await client.connect()
    } catch (error) {
      forget()
      throw error
    }
    return new PipelinedConnection(client, this.#options.notify, gather)
  }

  async beginTransaction(): Promise<void> {
    throw new Error('Transactions run on the pool, not on shared connections')
  }
  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    this.#closed = true
    const slots = await Promise.allSettled(this.#slots.filter((slot) => slot !== undefined))
    const open = slots.filter((slot) => slot.status === 'fulfilled')
    await Promise.all(open.map((slot) => (slot.value.client as Client).end()))
  }
}

class PooledDriver implements Driver {
  readonly #pool: Pool
  readonly #notify: StatementListener

  constructor({ pool, notify }: { pool: Pool; notify: StatementListener }) {
    this.#pool = pool
    this.#notify = notify
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new Connection(await this.#pool.connect(), this.#notify)
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin'))
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    if (connection instanceof Connection) (connection.client as PoolClient).release()
  }

  async destroy(): Promise<void> {
    await this.#pool.end()
  }
}

class ConnectionDriver implements Driver {
  readonly #connection: DatabaseConnection

  constructor(connection: DatabaseConnection) {
    this.#connection = connection
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }
  async beginTransaction(): Promise<void> {
    throw new Error('The transaction has begun')
  }
  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}
