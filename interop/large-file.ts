import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DSpaceSession } from '@hexapla/client'
import { fileDigest, writeRandomFile } from './process/random-file.ts'
import { resetPeak, memoryOf } from './process/processes.ts'
import { ACCOUNT, startServerProcess, type ServerProcess } from './process/server-process.ts'
import { withTemporaryDirectory } from './process/temporary-directory.ts'
import { runHexapla } from './process/run-hexapla.ts'
import { createBundle, createCollection, createItem } from './programs/records.ts'
import type { Check } from './run-checks.ts'

/** A body of any size grows a process by less than this. */
const ALLOWED_GROWTH = 64 * 1024 * 1024
/** Large enough to fill every buffer that a transfer has, and what V8 leaves uncollected. */
const SMALL = 96 * 1024 * 1024

/**
 * Send a large file through the command and fetch it again, as a file of DSpace and as a datastream, and measure by how much
 * that grows the memory of client and server: the peak of the large transfer above that of a small one before.
 */
export function largeFileChecks({ bytes }: { readonly bytes: number }): readonly Check[] {
  const check = (what: string, plan: Plan): Check => ({
    name: `${what} of ${megabytes(bytes)} in constant memory`,
    run: () => withTemporaryDirectory('large', (directory) => transfer(directory, bytes, plan)),
  })
  return [check('upload and download', fileSteps), check('datastream by POST and by PUT', datastreamSteps)]
}

type Size = 'small' | 'large'

/** One way to send or to fetch. */
interface Step {
  readonly name: string
  /** What the command is asked for; files are `SIZE.bin`, what is fetched goes to `SIZE.back`. */
  readonly args: (size: Size) => readonly string[]
  /** Told what the command says. */
  readonly said?: (size: Size, stdout: string) => void
}

interface Steps {
  readonly steps: readonly Step[]
  readonly settings?: Readonly<Record<string, string>>
}

/** Makes on a server what is needed, and says what to do. */
type Plan = (server: ServerProcess, directory: string) => Promise<Steps>

const fileSteps: Plan = async ({ endpoint }) => {
  const session = new DSpaceSession(endpoint, ACCOUNT)
  const item = await createItem(session, await createCollection(session, 'Large'), 'Large')
  const bundle = await createBundle(session, item)
  const uuids = new Map<Size, string>()
  return {
    steps: [
      {
        name: 'up',
        args: (size) => ['upload', `${size}.bin`, '--bundle', bundle, '--json'],
        said: (size, stdout) => uuids.set(size, (JSON.parse(stdout) as { uuid: string }).uuid),
      },
      { name: 'down', args: (size) => ['download', uuids.get(size) ?? '', `${size}.back`, '--json'] },
    ],
  }
}

const datastreamSteps: Plan = async ({ url, endpoint }, directory) => {
  const settings = { HEXAPLA_ISLANDORA: url }
  const created = await runHexapla(endpoint, ['islandora', 'object', 'create'], directory, settings)
  const pid = created.stdout.trim()
  const datastream = (verb: string, dsid: string) => ['islandora', 'datastream', verb, pid, dsid]
  return {
    settings,
    steps: [
      { name: 'POST', args: (size) => [...datastream('put', `NEW-${size}`), `${size}.bin`] },
      // What holds the small file gets the large one, and the other way round.
      {
        name: 'PUT',
        args: (size) => [...datastream('put', size === 'small' ? 'NEW-large' : 'NEW-small'), `${size}.bin`],
      },
      {
        name: 'GET',
        args: (size) => [
          ...datastream('get', size === 'small' ? 'NEW-large' : 'NEW-small'),
          '-o',
          `${size}.back`,
        ],
      },
    ],
  }
}

async function transfer(directory: string, bytes: number, plan: Plan): Promise<string> {
  const server = await startServerProcess({ dataDirectory: directory })
  try {
    await writeRandomFile(join(directory, 'small.bin'), SMALL)
    await writeRandomFile(join(directory, 'large.bin'), bytes)
    const { steps, settings } = await plan(server, directory)
    const measure = async ({ args, said }: Step, size: Size) => {
      await resetPeak(server.pid)
      const started = performance.now()
      const { peak, stdout } = await runHexapla(server.endpoint, args(size), directory, settings)
      const seconds = (performance.now() - started) / 1000
      said?.(size, stdout)
      return { client: peak, server: await memoryOf(server.pid, 'VmHWM'), seconds }
    }
    const told: string[] = []
    for (const step of steps) {
      const warm = await measure(step, 'small')
      const large = await measure(step, 'large')
      const growth = { client: large.client - warm.client, server: large.server - warm.server }
      const grown = `client ${megabytes(growth.client)}, server ${megabytes(growth.server)}`
      told.push(`${step.name} ${(bytes / large.seconds / 1e6).toFixed(0)} MB/s, growth: ${grown}`)
      assert.ok(Math.max(growth.client, growth.server) < ALLOWED_GROWTH, `grew too much: ${told.join('; ')}`)
    }
    assert.equal(
      await fileDigest(join(directory, 'large.back')),
      await fileDigest(join(directory, 'large.bin')),
    )
    return told.join('; ')
  } finally {
    await server.stop()
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(0)} MiB`
}
