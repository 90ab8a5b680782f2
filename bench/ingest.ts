/*
 * How fast objects are ingested: npm run bench:ingest [-- --objects 2000 --clients 8 --warm-up 3000 --profile DIRECTORY]
 * Each with three datastreams, through the Islandora dialect of a server in a process of its own, on the embedded PostgreSQL;
 * then all of it is read again and compared. The floor is what bare code does with the same files on the same PostgreSQL.
 * As many objects as --warm-up tells come before those that count: JavaScript is compiled while it runs, what is used most at last.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbeddedPostgres } from '@hexapla/repository'
import { ACCOUNT, startServerProcess } from '../interop/process/server-process.ts'
import { withTemporaryDirectory } from '../interop/process/temporary-directory.ts'
import { processorTime, processorTimeOfChildren } from './processor-time.ts'
import { ingestByRest, verifyIngested } from './ingest-by-rest.ts'
import { createIngestTables, ingestByFloor } from './ingest-floor.ts'

/** Objects a second, with their datastreams. */
const WANTED = 150

const { values } = parseArgs({
  options: {
    objects: { type: 'string', default: '2000' },
    clients: { type: 'string', default: '8' },
    'warm-up': { type: 'string', default: '3000' },
    /** Profiles the server under test into this directory. */
    profile: { type: 'string' },
  },
})
const objects = Number(values.objects)
const clients = Number(values.clients)
const warmUp = Number(values['warm-up'])

await withTemporaryDirectory('bench-ingest', async (directory) => {
  const postgres = await startEmbeddedPostgres({ directory: join(directory, 'postgres') })
  try {
    const profiling = values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`]
    const server = await startServerProcess({
      dataDirectory: directory,
      settings: { DATABASE_URL: postgres.url },
      nodeOptions: profiling,
    })
    try {
      const target = { url: server.url, headers: { cookie: await logIn(server.url) }, objects, clients }
      const coldStarted = performance.now()
      await ingestByRest({ ...target, objects: warmUp })
      const coldRate = rateSince(coldStarted, warmUp)
      const used = async () =>
        [await processorTime(server.pid), await processorTimeOfChildren(postgres.pid)] as const
      const [serverBefore, postgresBefore] = await used()
      const started = performance.now()
      const ingested = await ingestByRest(target)
      const rate = rateSince(started)
      const [serverAfter, postgresAfter] = await used()
      await verifyIngested(target, ingested)

      const floorDirectory = join(directory, 'floor')
      await mkdir(floorDirectory)
      await createIngestTables(postgres.url)
      const floorStarted = performance.now()
      await ingestByFloor({ databaseUrl: postgres.url, directory: floorDirectory, objects, clients })
      const floor = rateSince(floorStarted)

      const cost = (microseconds: number) => (microseconds / 1000 / objects).toFixed(2)
      console.log(
        `${objects} objects with three datastreams each, by ${clients} clients: no pid twice, every datastream as it was sent\n` +
          `the ${warmUp} before them, from the server's start: ${coldRate.toFixed(0)} objects/s\n` +
          `${rate.toFixed(0)} objects/s (wanted ${WANTED}), floor ${floor.toFixed(0)}/s, ratio ${((rate / floor) * 100).toFixed(0)} %\n` +
          `processor time an object: server ${cost(serverAfter - serverBefore)} ms, PostgreSQL ${cost(postgresAfter - postgresBefore)} ms`,
      )
    } catch (error) {
      console.error(server.output())
      throw error
    } finally {
      await server.stop()
    }
  } finally {
    await postgres.stop()
  }
})

function rateSince(started: number, count = objects): number {
  return count / ((performance.now() - started) / 1000)
}

/** The administrator's session cookie, as document 004's curl gets it. */
async function logIn(url: string): Promise<string> {
  const body = new URLSearchParams({ name: ACCOUNT.email, pass: ACCOUNT.password, form_id: 'user_login' })
  const answer = await fetch(`${url}/user/login`, { method: 'POST', body })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
  if (answer.status !== 200 || cookie === undefined)
    throw new Error(`Signing in was answered with ${answer.status}`)
  return cookie
}
