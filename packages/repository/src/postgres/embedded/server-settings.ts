/** Tells our servers from those started by hand; PostgreSQL shows it in process titles. */
export const CLUSTER_NAME = 'hexapla'

/** Where the server listens: a Unix socket in a directory, or a TCP port of this machine alone. */
export type Listening =
  | { readonly socketDirectory: string; readonly port: number }
  | { readonly host: '127.0.0.1'; readonly port: number }

/**
 * Written to `postgresql.conf` at the first start, where an administrator may change them: sized for a small machine. JIT
 * compilation costs short statements more than it gives.
 */
export const INITIAL_SETTINGS: Readonly<Record<string, string>> = {
  shared_buffers: '128MB',
  max_connections: '100',
  jit: 'off',
  // Disks without moving parts: searches look up who may read instead of reading it all.
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

/** Given on the command line at every start, hence stronger than `postgresql.conf`. */
export function serverArguments(options: {
  readonly data: string
  readonly log: string
  readonly listening: Listening
  readonly durable: boolean
}): string[] {
  const { data, log, listening, durable } = options
  const settings = {
    cluster_name: CLUSTER_NAME,
    port: String(listening.port),
    ...('host' in listening
      ? { listen_addresses: listening.host, unix_socket_directories: '' }
      : {
          listen_addresses: '',
          unix_socket_directories: listening.socketDirectory,
          unix_socket_permissions: '0700',
        }),
    logging_collector: 'on',
    log_directory: log,
    log_filename: 'postgresql-%Y%m%d-%H%M%S.log',
    log_rotation_age: '1d',
    log_rotation_size: '10MB',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}
