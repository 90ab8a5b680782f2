/** What can go wrong with the embedded PostgreSQL, as stable codes. */
export type EmbeddedPostgresErrorCode =
  /** Another process (`data.pid`) runs on this data directory (`data.directory`). */
  | 'DATA_DIRECTORY_IN_USE'
  /** Started by root, and the user that the server must run as (`data.uid`) cannot reach `data.path`; `data.closed` bars the way. */
  | 'DATABASE_USER_CANNOT_REACH'
  /** The socket's directory (`data.path`) belongs to somebody else. */
  | 'SOCKET_DIRECTORY_UNSAFE'
  /** No PostgreSQL binaries are installed for this platform (`data.platform`, `data.arch`). */
  | 'DATABASE_BINARIES_MISSING'
  /** `initdb` failed; `data.output` are its last lines. */
  | 'DATABASE_INIT_FAILED'
  /** The server ended before it accepted connections, or did not accept any in time; `data.output` are its last lines. */
  | 'DATABASE_START_FAILED'
  /** A killed predecessor's server (`data.pid`) did not finish its shutdown in time. */
  | 'DATABASE_STILL_STOPPING'

/** A failure of the embedded PostgreSQL, with a stable code and data. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
  readonly code: EmbeddedPostgresErrorCode
  readonly data: Readonly<Record<string, unknown>>

  constructor(
    code: EmbeddedPostgresErrorCode,
    message: string,
    data: Readonly<Record<string, unknown>>,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.code = code
    this.data = data
  }
}
