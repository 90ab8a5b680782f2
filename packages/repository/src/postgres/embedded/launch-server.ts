import { setTimeout as sleep } from 'node:timers/promises'
import type { PostgresBinaries } from './binaries.ts'
import type { ClusterLayout } from './cluster-layout.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { interruptServer } from './interrupt-server.ts'
import { type KeptProcess, startKept } from './kept-process.ts'
import type { OperatingUser } from './operating-user.ts'
import { readPostmasterFile } from './postmaster-file.ts'
import { type Listening, serverArguments } from './server-settings.ts'

interface LaunchDeps {
  readonly binaries: PostgresBinaries
  readonly user: OperatingUser | undefined
  readonly log: (line: string) => void
}

interface Launch {
  readonly layout: ClusterLayout
  readonly listening: Listening
  readonly durable: boolean
  /** Held open by the server for as long as it runs. */
  readonly presence: number | undefined
}

/** Recovery after a crash replays at most `max_wal_size` (1 GB), which slow disks take minutes for. */
const START_PATIENCE_MS = 300_000

/** What every start says before its messages go to log files: worth nothing to whoever watches. */
const LOG_FILE_NOTICE = /redirecting log output to logging collector|Future log output will appear in/

/** How long backends may outlive a killed postmaster: until their current statement notices. */
const ORPHANS_PATIENCE_MS = 30_000

/**
 * Starts the server and resolves when it accepts connections.
 *
 * @throws EmbeddedPostgresError `DATABASE_START_FAILED` with its last lines
 */
export async function launchServer(deps: LaunchDeps, launch: Launch): Promise<KeptProcess> {
  const deadline = Date.now() + ORPHANS_PATIENCE_MS
  for (;;) {
    const server = await startKept(deps.binaries.postgres, serverArguments({ ...launch, ...launch.layout }), {
      user: deps.user,
      atParentsEnd: 'interrupt',
      inherited: launch.presence,
      onLine: (line) => {
        if (!LOG_FILE_NOTICE.test(line)) deps.log(line)
      },
    })
    if (await isReady(deps, server, launch.layout.data)) return server
    const output = await server.lastLines()
    const orphans = output.some((line) => line.includes('pre-existing shared memory block'))
    if (!orphans || Date.now() > deadline) throw failed(await server.exited.then(() => output), launch.layout)
    await sleep(200)
  }
}

/** Whether the server became ready; when it did not, it has ended. */
async function isReady(deps: LaunchDeps, server: KeptProcess, data: string): Promise<boolean> {
  const deadline = Date.now() + START_PATIENCE_MS
  const ended = server.exited.then(() => true)
  for (;;) {
    const file = await readPostmasterFile(data)
    if (file?.pid === server.pid && file.ready) return true
    if (await Promise.race([ended, sleep(10, false)])) return false
    if (Date.now() > deadline) await interruptServer(deps, server.pid, 'SIGQUIT')
  }
}

function failed(output: readonly string[], layout: ClusterLayout): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'DATABASE_START_FAILED',
    `The database server did not start (see also ${layout.log}): ${output.join('\n')}`,
    { output, log: layout.log },
  )
}
