/*
 * Asks PostgreSQL and a real Solr the same queries and compares the answers: npm run test:solr [-- --records 3000]
 * Needs a JDK of Java 17 and Maven, which resolves Solr at the first run.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbeddedPostgres } from '@hexapla/repository'
import { parseConfig, startServer, type Environment } from '@hexapla/server'
import { withTemporaryDirectory } from '../process/temporary-directory.ts'
import { runChecks } from '../run-checks.ts'
import { askAll, compareAnswers } from './compare.ts'
import { fillWithCorpus } from './corpus.ts'
import { engineChecks } from './engine-checks.ts'
import { makeSolrHome, prepareSolr, startSolr } from './solr-process.ts'

const { values } = parseArgs({ options: { records: { type: 'string', default: '3000' } } })
const jars = await prepareSolr()
await withTemporaryDirectory('solr', async (directory) => {
  const postgres = await startEmbeddedPostgres({ directory: join(directory, 'postgres') })
  const settings: Environment = {
    DATABASE_URL: postgres.url,
    HEXAPLA_DATA: directory,
    HEXAPLA_PORT: '0',
    HEXAPLA_LOG_LEVEL: 'silent',
    HEXAPLA_ADMIN_EMAIL: 'admin@example.org',
    HEXAPLA_ADMIN_PASSWORD: 'correct horse battery',
  }
  try {
    await compareOn(directory, settings)
  } finally {
    await postgres.stop()
  }
})

async function compareOn(directory: string, settings: Environment): Promise<void> {
  const expected = await answersOfPostgres(settings)
  const home = await makeSolrHome(directory)
  await using solr = await startSolr(jars, home)
  const log: string[] = []
  let today: Date | undefined
  const withSolr = { ...settings, HEXAPLA_SOLR_URL: solr.url }
  const server = await startServer(parseConfig(withSolr), {
    log: (line) => log.push(line),
    clock: () => today ?? new Date(),
  })
  try {
    const { passed, failed } = await runChecks([
      { name: 'a new Solr is filled', run: () => filled(log) },
      {
        name: 'the same documents in the same order',
        run: async () => compareAnswers(expected, await askAll(server.url)),
      },
      ...engineChecks({
        server,
        solr,
        restart: () => startSolr(jars, home, solr.port),
        setClock: (moment) => {
          today = moment
        },
      }),
    ])
    console.log(`${passed} passed, ${failed} failed`)
    process.exitCode = failed === 0 ? 0 : 1
  } finally {
    await server.stop()
  }
}

async function answersOfPostgres(settings: Environment): ReturnType<typeof askAll> {
  const server = await startServer(parseConfig(settings))
  try {
    await fillWithCorpus(server.repository, Number(values.records))
    return await askAll(server.url)
  } finally {
    await server.stop()
  }
}

async function filled(log: readonly string[]): Promise<string> {
  const began = performance.now()
  while (!log.some((line) => line.includes('Solr has every record'))) {
    if (performance.now() - began > 120_000) throw new Error(log.join('\n'))
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return log.findLast((line) => line.includes('records')) ?? ''
}
