/* Shows with real processes what tests cannot: npm run test:interop [-- --rounds 50 --megabytes 1024 --only WORDS] */
import { createServer } from 'node:net'
import { parseArgs } from 'node:util'
import { crashCheck } from './crash.ts'
import { largeFileChecks } from './large-file.ts'
import { islandoraClients } from './programs/islandora-clients.ts'
import { pythonClients } from './programs/python-clients.ts'
import { EXAMPLES_PORT, publishedExamples } from './programs/published-examples.ts'
import { peleChecks } from './pele/pele-checks.ts'
import { redisLimitsCheck } from './redis-limits.ts'
import { redisSessionsCheck } from './redis-sessions.ts'
import { guideChecks } from './rest-tools/guide-checks.ts'
import { openIDChecks } from './rest-tools/openid-checks.ts'
import { restToolsChecks } from './rest-tools/rest-tools-checks.ts'
import { startServerProcess } from './process/server-process.ts'
import { withTemporaryDirectory } from './process/temporary-directory.ts'
import { preparePython } from './python/environment.ts'
import { runChecks, type Check, type Tally } from './run-checks.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    megabytes: { type: 'string', default: '1024' },
    only: { type: 'string', default: '' },
    'pele-client': { type: 'string' },
    'pele-notebook': { type: 'string' },
  },
})
const { 'pele-client': client, 'pele-notebook': notebook } = values
const published = client !== undefined && notebook !== undefined ? { client, notebook } : undefined
const wanted = ({ name }: { readonly name: string }): boolean => name.includes(values.only)

const tallies = [
  await runPrograms(),
  await runChecks(
    [
      ...largeFileChecks({ bytes: Number(values.megabytes) * 1024 * 1024 }),
      crashCheck({ rounds: Number(values.rounds) }),
      redisSessionsCheck,
      redisLimitsCheck,
      ...peleChecks(published),
      ...restToolsChecks,
      ...openIDChecks,
      ...guideChecks,
    ].filter(wanted),
  ),
]
const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0)
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1

/** The Python programs share one server, as clients do. */
async function runPrograms(): Promise<Tally> {
  const programs = [...publishedExamples, ...pythonClients, ...islandoraClients].filter(wanted)
  if (programs.length === 0) return { passed: 0, failed: 0 }
  return withTemporaryDirectory('interop', async (directory) => {
    const python = await preparePython()
    const port = (await isFree(EXAMPLES_PORT)) ? EXAMPLES_PORT : 0
    const server = await startServerProcess({ dataDirectory: directory, port })
    const checks = programs.map(({ name, run }): Check => ({
      name,
      run: () => run({ python, server, directory }),
    }))
    const tally = await runChecks([
      ...checks,
      {
        name: 'the server ends when told to, and complained of nothing',
        run: async () => {
          await server.stop()
          const complaints = server.output().match(/^.*"level":(?:50|60).*$/gm) ?? []
          if (complaints.length > 0) throw new Error(complaints.join('\n'))
          return `it listened after ${server.startMs.toFixed(0)} ms`
        },
      },
    ])
    return tally
  })
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
