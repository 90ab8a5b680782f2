import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DSpaceSession } from '@hexapla/client'
import type { Ledger } from './crash/ledger.ts'
import { verifyRepository } from './crash/verify.ts'
import { loadUntilKilled, type LoadReport } from './crash/workload.ts'
import { postmastersOf, processesWith } from './process/processes.ts'
import { ACCOUNT, startServerProcess, type ServerProcess } from './process/server-process.ts'
import { withTemporaryDirectory } from './process/temporary-directory.ts'
import { createCollection } from './programs/records.ts'
import type { Check } from './run-checks.ts'

/** The longest that a server is left alive under load. */
const LONGEST_LIFE_MS = 900
/** A start that is killed itself comes before every so many rounds. */
const KILLED_STARTS = 5

/**
 * Kills a server under load with `kill -9`, again and again. After each start everything acknowledged is there byte by
 * byte, nothing is there by half, staging is swept, and no database was left behind.
 */
export function crashCheck({ rounds }: { readonly rounds: number }): Check {
  return {
    name: `kill -9 under load, ${rounds} times`,
    run: () => withTemporaryDirectory('crash', (directory) => crash(directory, rounds)),
  }
}

async function crash(dataDirectory: string, rounds: number): Promise<string> {
  const first = await startServerProcess({ dataDirectory })
  // The same port ever after: one session lives through all crashes, and with it the keys of its token.
  const port = Number(new URL(first.url).port)
  const session = new DSpaceSession(first.endpoint, { ...ACCOUNT, retry: { attempts: 1 } })
  const ledger: Ledger = new Map()
  const collection = await createCollection(session, 'Crash')
  const totals = { acknowledged: 0, uploadedBytes: 0, startMs: 0, files: 0 }

  let server = first
  for (let round = 1; round <= rounds; round++) {
    const report = await killUnderLoad(server, (killed) =>
      loadUntilKilled(session, { ledger, collection, killed }),
    )
    if (round % KILLED_STARTS === 0) await killWhileStarting(dataDirectory, port)
    server = await startServerProcess({ dataDirectory, port })
    assert.deepEqual(await readdir(join(dataDirectory, 'staging')), [], 'staging was not swept')
    assert.equal((await postmastersOf(dataDirectory)).length, 1, 'a database was left behind')
    totals.files = (await verifyRepository(session, ledger)).size
    totals.acknowledged += report.acknowledged
    totals.uploadedBytes += report.uploadedBytes
    totals.startMs += server.startMs
  }
  await assertNoLeak(dataDirectory, await verifyRepository(session, ledger))
  await server.stop()
  assert.deepEqual(await processesWith(dataDirectory), [], 'a process was left behind')
  return (
    `${totals.acknowledged} acknowledged, ${(totals.uploadedBytes / 1e6).toFixed(0)} MB uploaded, ` +
    `${totals.files} files at the end, started again in ${(totals.startMs / rounds).toFixed(0)} ms on average`
  )
}

async function killUnderLoad(
  server: ServerProcess,
  load: (killed: () => boolean) => Promise<LoadReport>,
): Promise<LoadReport> {
  let killed = false
  const loading = load(() => killed)
  const [report] = await Promise.all([
    loading,
    sleep(randomInt(20, LONGEST_LIFE_MS)).then(() => {
      killed = true
      return server.kill()
    }),
  ])
  return report
}

/** Recovery may be interrupted as well. */
async function killWhileStarting(dataDirectory: string, port: number): Promise<void> {
  const starting = startServerProcess({
    dataDirectory,
    port,
    onSpawn: (child) => void setTimeout(() => child.kill('SIGKILL'), randomInt(100, 1000)),
  })
  // It may have been quick enough to listen before.
  await starting.then((server) => server.kill()).catch(() => undefined)
}

/** What was deleted leaves the disk soon, and nothing else lies there. */
async function assertNoLeak(dataDirectory: string, digests: ReadonlySet<string>): Promise<void> {
  const limit = Date.now() + 30_000
  for (;;) {
    const entries = await readdir(join(dataDirectory, 'content'), { recursive: true, withFileTypes: true })
    const kept = entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
    if (kept.length === digests.size || Date.now() > limit) {
      assert.deepEqual(new Set(kept), digests, 'the content store holds other files than the repository')
      return
    }
    await sleep(100)
  }
}
