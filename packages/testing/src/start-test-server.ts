import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DSpaceSession } from '@hexapla/client'
import type { Clock } from '@hexapla/repository'
import { parseConfig, startServer, type Environment, type HexaplaServer } from '@hexapla/server'
import { createDatabase } from './create-database.ts'
import { ADMINISTRATOR } from './template-database.ts'

/** A whole server in this process, on a database and a data directory of its own. */
export interface TestServer extends HexaplaServer {
  /** `URL/server/api` */
  readonly api: string
  readonly dataDirectory: string
  /** The environment that it was started with, to start another one on the same database. */
  readonly environment: Environment
  /** A session of the administrator, or of the person given. */
  session(account?: { email: string; password: string }): DSpaceSession
  /** A session of nobody. */
  anonymous(): DSpaceSession
  /** The statements that the database is sent while `work` runs, once what went on before has ended. */
  statements(work: () => Promise<unknown>): Promise<string[]>
}

/**
 * Starts a server for a test file; stop it afterwards.
 *
 * @param settings further settings, by the names of the environment
 * @param options.clock what time it is for the server
 */
export async function startTestServer(
  settings: Environment = {},
  options: { clock?: Clock } = {},
): Promise<TestServer> {
  const database = await createDatabase()
  const dataDirectory = await mkdtemp(join(tmpdir(), 'hexapla-data-'))
  const environment = {
    DATABASE_URL: database.url,
    HEXAPLA_DATA: dataDirectory,
    HEXAPLA_PORT: '0',
    HEXAPLA_LOG_LEVEL: 'silent',
    ...settings,
  }
  const server = await startServer(parseConfig(environment), options)
  const endpoint = `${server.url}/server`
  return {
    ...server,
    api: `${endpoint}/api`,
    dataDirectory,
    environment,
    session: (account = ADMINISTRATOR) => new DSpaceSession(endpoint, account),
    anonymous: () => new DSpaceSession(endpoint, { anonymous: true }),
    async statements(work) {
      await quiet(server)
      const sent: string[] = []
      const stop = server.repository.database.onStatement(({ sql }) => sent.push(sql))
      try {
        await work()
      } finally {
        stop()
      }
      return sent
    },
    async stop(options) {
      await server.stop(options)
      await database.drop()
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}

/** Longer than work that commits leave waits for more of it. */
const QUIET_MS = 150

/** Waits until nothing goes on beside requests any more. */
async function quiet({ repository }: HexaplaServer): Promise<void> {
  await repository.settled()
  for (let seen = true; seen;) {
    seen = false
    const stop = repository.database.onStatement(() => (seen = true))
    await sleep(QUIET_MS)
    stop()
  }
}
