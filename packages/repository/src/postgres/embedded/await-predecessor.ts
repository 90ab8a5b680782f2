import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PostgresBinaries } from './binaries.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { interruptServer } from './interrupt-server.ts'
import { disownPostmasterFile, readPostmasterFile } from './postmaster-file.ts'
import { identifyProcess } from './process-identity.ts'
import { CLUSTER_NAME } from './server-settings.ts'

/**
 * Waits until a server that an earlier, killed process left on this data directory has ended, and asks it to end where its
 * keeper did not. To be called with the directory's lock held.
 *
 * @throws EmbeddedPostgresError `DATABASE_STILL_STOPPING` after `patience` milliseconds;
 *   `DATA_DIRECTORY_IN_USE` when somebody started a server on it by hand
 */
export async function awaitPredecessor(
  deps: { binaries: PostgresBinaries },
  data: string,
  patience = 60_000,
): Promise<void> {
  const deadline = Date.now() + patience
  let asked = false
  for (;;) {
    const left = await readPostmasterFile(data)
    if (left === undefined) return
    const kind = await classify(left.pid, data)
    if (kind === 'gone') return disownPostmasterFile(data)
    if (kind === 'foreign') {
      throw new EmbeddedPostgresError(
        'DATA_DIRECTORY_IN_USE',
        `A PostgreSQL server that Hexapla did not start (process ${left.pid}) runs on ${data}: stop it first`,
        { pid: left.pid, directory: data },
      )
    }
    if (!asked) await interruptServer(deps, left.pid)
    asked = true
    if (Date.now() > deadline) {
      throw new EmbeddedPostgresError(
        'DATABASE_STILL_STOPPING',
        `The database server of an earlier run (process ${left.pid}) is still shutting down`,
        { pid: left.pid, directory: data },
      )
    }
    await sleep(20)
  }
}

/** Whether `pid` is our server on this directory, one started by hand, or no server of it at all (a pid given again). */
async function classify(pid: number, data: string): Promise<'ours' | 'foreign' | 'gone'> {
  if ((await identifyProcess(pid)) === undefined) return 'gone'
  if (process.platform !== 'linux') return 'ours'
  const args = await readFile(`/proc/${pid}/cmdline`, 'utf8').then(
    (text) => text.split('\0'),
    () => undefined,
  )
  // Hidden from us (hidepid), so nothing tells it from our server.
  if (args === undefined) return (await identifyProcess(pid)) === undefined ? 'gone' : 'ours'
  if (!args.includes(data)) return 'gone'
  return args.includes(`cluster_name=${CLUSTER_NAME}`) ? 'ours' : 'foreign'
}
