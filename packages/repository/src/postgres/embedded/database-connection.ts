import { DATABASE_NAME, DATABASE_USER } from './cluster-layout.ts'
import type { Listening } from './server-settings.ts'

/** How to connect to an embedded server. */
export interface DatabaseConnection {
  /** The Unix socket's directory, or `127.0.0.1`. */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
}

/** The connection to the one database of a server that listens there. */
export function databaseConnection(listening: Listening, password: string): DatabaseConnection {
  return {
    host: 'host' in listening ? listening.host : listening.socketDirectory,
    port: listening.port,
    user: DATABASE_USER,
    password,
    database: DATABASE_NAME,
  }
}

/** The same as one URL, as `libpq` and `pg` read it: a socket directory goes into the query. */
export function databaseUrl(connection: DatabaseConnection): string {
  const { host, port, user, password, database } = connection
  const account = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`
  return host.startsWith('/')
    ? `postgresql://${account}@/${database}?host=${encodeURIComponent(host)}&port=${port}`
    : `postgresql://${account}@${host}:${port}/${database}`
}
