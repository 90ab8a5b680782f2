import type { SessionStore } from './session-store.ts'

/** What is needed of a connection pool; a `Pool` of the package `pg` has it. */
export interface PostgresPool {
  query(
    text: string,
    values?: unknown[],
  ): Promise<{ readonly rows: readonly unknown[]; readonly rowCount: number | null }>
}

/** Options of {@link postgresSessionStore}. */
export interface PostgresSessionStoreOptions {
  readonly pool: PostgresPool
  /** Name of the table, with its schema if need be. Default `hexapla_sessions`. */
  readonly table?: string
  /** Milliseconds since 1970; another clock makes expiry testable. */
  readonly now?: () => number
}

interface Row {
  readonly data: string
  readonly version: number
  /** `bigint`, which the driver gives as text. */
  readonly expires_at: string | number
}

const DEFAULT_TABLE = 'hexapla_sessions'

/**
 * Sessions in a table of PostgreSQL, shared by all processes of a service; made by {@link sessionTableSql}.
 *
 * @example
 * const pool = new Pool({ connectionString: url })
 * await pool.query(sessionTableSql())
 * const sessions = new Sessions({ store: postgresSessionStore({ pool }) })
 * @throws TypeError when `table` is no plain name.
 */
export function postgresSessionStore(options: PostgresSessionStoreOptions): SessionStore {
  const { pool, now = Date.now } = options
  const table = checkedName(options.table ?? DEFAULT_TABLE)
  const changed = async (text: string, values: unknown[]): Promise<boolean> =>
    (await pool.query(text, values)).rowCount === 1

  return {
    async create(key, { data, version, expiresAt }) {
      const text = `insert into ${table} (key, data, version, expires_at) values ($1, $2, $3, $4)`
      await pool.query(text, [key, data, version, expiresAt])
    },
    async read(key) {
      const text = `select data, version, expires_at from ${table} where key = $1 and expires_at > $2`
      const { rows } = await pool.query(text, [key, now()])
      const row = rows[0] as Row | undefined
      return row && { data: row.data, version: row.version, expiresAt: Number(row.expires_at) }
    },
    replace(key, { data, version, expiresAt }) {
      const text = `update ${table} set data = $2, version = $3, expires_at = $4
        where key = $1 and version = $5 and expires_at > $6`
      return changed(text, [key, data, version, expiresAt, version - 1, now()])
    },
    delete(key) {
      return changed(`delete from ${table} where key = $1 and expires_at > $2`, [key, now()])
    },
    async sweep() {
      const { rowCount } = await pool.query(`delete from ${table} where expires_at <= $1`, [now()])
      return rowCount ?? 0
    },
  }
}

/**
 * The statements that make the table of {@link postgresSessionStore}, for a migration or the start of a process: they
 * change nothing when it is there, and several processes may run them at once.
 *
 * @throws TypeError when `table` is no plain name.
 */
export function sessionTableSql(table = DEFAULT_TABLE): string {
  const name = checkedName(table)
  return `
    -- "if not exists" is not safe against another one at the same time.
    select pg_advisory_xact_lock(hashtextextended('${name}', 0));
    create table if not exists ${name} (
      key text primary key,
      data text not null,
      version integer not null,
      expires_at bigint not null
    );
    create index if not exists ${name.replace('.', '_')}_expires_at on ${name} (expires_at);`
}

function checkedName(table: string): string {
  if (!/^(?:[a-z_][a-z0-9_]*\.)?[a-z_][a-z0-9_]*$/.test(table)) {
    throw new TypeError(`${table} is no plain name of a table`)
  }
  return table
}
