/*
 * Shows that programs which are published as repositories alone work as they are; what they need is given:
 *
 *   npm run test:checkouts -- --irc DIRECTORY [--guzzle AUTOLOAD] --islandora7-rest DIRECTORY
 *
 * irc (mjordan/irc) needs PHP and Guzzle, in Debian php-cli and php-guzzlehttp-guzzle; the demos of islandora7-rest
 * (kulibraries/islandora7-rest) need Python.
 */
import { parseArgs } from 'node:util'
import { startServerProcess } from './process/server-process.ts'
import { withTemporaryDirectory } from './process/temporary-directory.ts'
import { ircCheck } from './programs/irc.ts'
import { islandoraDemos } from './programs/islandora-demos.ts'
import { runChecks, type Check } from './run-checks.ts'
import type { ServerProcess } from './process/server-process.ts'

const { values } = parseArgs({
  options: {
    irc: { type: 'string' },
    guzzle: { type: 'string', default: '/usr/share/php/GuzzleHttp/autoload.php' },
    'islandora7-rest': { type: 'string' },
  },
})

const { passed, failed } = await withTemporaryDirectory('checkouts', async (directory) => {
  const server = await startServerProcess({ dataDirectory: directory })
  try {
    return await runChecks(await checksOf(server, directory))
  } finally {
    await server.stop()
  }
})
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1

async function checksOf(server: ServerProcess, directory: string): Promise<readonly Check[]> {
  const { irc, guzzle, 'islandora7-rest': demos } = values
  return [
    ...(irc === undefined ? [] : [ircCheck({ server, directory, checkout: irc, guzzle })]),
    ...(demos === undefined ? [] : await islandoraDemos({ server, checkout: demos })),
  ]
}
