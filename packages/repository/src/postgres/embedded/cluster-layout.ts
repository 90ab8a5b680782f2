import { join } from 'node:path'

/** Where things lie below the directory given to the embedded PostgreSQL. */
export interface ClusterLayout {
  /** The directory itself; holds the lock and belongs to whoever starts Hexapla. */
  readonly directory: string
  readonly lock: string
  /** Appears in one rename when initialisation is complete; belongs to the database's user. */
  readonly server: string
  readonly data: string
  readonly password: string
  readonly log: string
}

/** Names the parts of a cluster below `directory`; `server` also describes one that is still being initialised. */
export function clusterLayout(directory: string, server = join(directory, 'server')): ClusterLayout {
  return {
    directory,
    lock: join(directory, 'lock'),
    server,
    data: join(server, 'data'),
    password: join(server, 'password'),
    log: join(server, 'log'),
  }
}

/** Prefix of the sibling directories in which clusters are initialised. */
export const INITIALIZING_PREFIX = 'initializing-'

/** The one role and the one database that initialisation makes. */
export const DATABASE_USER = 'hexapla'
export const DATABASE_NAME = 'hexapla'
