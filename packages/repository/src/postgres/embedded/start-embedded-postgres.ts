import { rm } from 'node:fs/promises'
import { assertReachable } from './assert-reachable.ts'
import { awaitPredecessor } from './await-predecessor.ts'
import { type PostgresBinaries, locateBinaries } from './binaries.ts'
import type { ClusterLayout } from './cluster-layout.ts'
import { type DatabaseConnection, databaseConnection, databaseUrl } from './database-connection.ts'
import { type DirectoryLock, acquireDirectoryLock } from './directory-lock.ts'
import { initializeCluster } from './initialize-cluster.ts'
import { interruptServer } from './interrupt-server.ts'
import type { KeptProcess, ProcessExit } from './kept-process.ts'
import { launchServer } from './launch-server.ts'
import { prepareLoopback, prepareSocket } from './listening-place.ts'
import { pruneLogFiles } from './log-files.ts'
import type { OperatingUser } from './operating-user.ts'
import { openDirectory, readPassword } from './open-directory.ts'

/** Settings of {@link startEmbeddedPostgres}. */
export interface EmbeddedPostgresOptions {
  /** Where the cluster lies; made if need be. */
  readonly directory: string
  /** Gets what initialisation and the server's start have to say; afterwards the server writes to log files. */
  readonly log?: (line: string) => void
  /** `false` only for tests: nothing is synced to disk. Default `true`. */
  readonly durable?: boolean
  /** Default `socket`, on Windows `loopback`. */
  readonly transport?: 'socket' | 'loopback'
}

/** A running embedded PostgreSQL. */
export interface EmbeddedPostgres {
  readonly connection: DatabaseConnection
  /** The same as one URL. */
  readonly url: string
  /** Pid of the postmaster. */
  readonly pid: number
  /** Fast shutdown: ends sessions, writes a checkpoint; resolves when the server is gone and the directory free. */
  readonly stop: () => Promise<void>
  /** Calls back once when the server has ended; `expected` tells whether {@link EmbeddedPostgres.stop} asked it to. */
  readonly onExit: (listener: (exit: ProcessExit & { readonly expected: boolean }) => void) => void
}

/**
 * Starts a PostgreSQL server on a directory of its own, which it initialises at the first start. The server ends when this
 * process does, however that ends, and the directory belongs to one process at a time. Started by root, the server runs as
 * another user.
 *
 * @throws EmbeddedPostgresError with any of its codes
 * @example
 * const postgres = await startEmbeddedPostgres({ directory: '/srv/hexapla/postgres' })
 * const pool = new Pool(postgres.connection)
 * await pool.end()
 * await postgres.stop()
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = await locateBinaries()
  const { layout, user } = await openDirectory(options.directory)
  if (user !== undefined) await assertReachable(user, [layout.directory, binaries.initdb, binaries.postgres])
  const lock = await acquireDirectoryLock(layout.lock)
  try {
    return await startLocked({ binaries, user, layout, lock }, options)
  } catch (error) {
    await lock.release()
    throw error
  }
}

interface Started {
  readonly binaries: PostgresBinaries
  readonly user: OperatingUser | undefined
  readonly layout: ClusterLayout
  readonly lock: DirectoryLock
}

async function startLocked(start: Started, options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { binaries, user, layout } = start
  const log = options.log ?? (() => undefined)
  const durable = options.durable ?? true
  await initializeCluster({ binaries, user, durable, log }, layout)
  await awaitPredecessor({ binaries }, layout.data)
  await pruneLogFiles(layout.log)
  const password = await readPassword(layout)
  const transport = options.transport ?? (process.platform === 'win32' ? 'loopback' : 'socket')
  const listening =
    transport === 'socket' ? await prepareSocket(layout.data, password, user) : await prepareLoopback()
  const server = await launchServer(
    { binaries, user, log },
    { layout, listening, durable, presence: start.lock.presence },
  )
  const connection = databaseConnection(listening, password)
  return running({ ...start, log }, server, connection)
}

/** A week between prunings would let a chatty server fill a disk; an hour bounds it and costs nothing. */
const PRUNE_EVERY_MS = 3_600_000

/** Longest wait for a fast shutdown's checkpoint before the server is stopped without one. */
const STOP_PATIENCE_MS = 60_000

function running(
  start: Started & { readonly log: (line: string) => void },
  server: KeptProcess,
  connection: DatabaseConnection,
): EmbeddedPostgres {
  let stopping: Promise<void> | undefined
  let alive = true
  const pruning = setInterval(() => {
    pruneLogFiles(start.layout.log).catch((error: unknown) =>
      start.log(`old log files stay: ${String(error)}`),
    )
  }, PRUNE_EVERY_MS)
  pruning.unref()
  server.unref()
  const ended = server.exited.then((exit) => {
    alive = false
    clearInterval(pruning)
    return { ...exit, expected: stopping !== undefined }
  })
  const stop = async (): Promise<void> => {
    if (alive) await shutDown(start, server)
    if (connection.host.startsWith('/')) await rm(connection.host, { recursive: true, force: true })
    await start.lock.release()
  }
  return {
    connection,
    url: databaseUrl(connection),
    pid: server.pid,
    stop: () => (stopping ??= stop()),
    onExit: (listener) => void ended.then((exit) => listener(exit)),
  }
}

async function shutDown(start: Started, server: KeptProcess): Promise<void> {
  server.ref()
  await interruptServer(start, server.pid)
  const impatient = setTimeout(() => void interruptServer(start, server.pid, 'SIGQUIT'), STOP_PATIENCE_MS)
  await server.exited
  clearTimeout(impatient)
}
