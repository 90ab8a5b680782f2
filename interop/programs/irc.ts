import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DSpaceSession, IslandoraSession } from '@hexapla/client'
import { ACCOUNT, type ServerProcess } from '../process/server-process.ts'
import { run } from '../python/run.ts'
import type { Check } from '../run-checks.ts'
import { createToken, pidOfCollection } from './islandora-records.ts'
import { createCollection } from './records.ts'

const SCRIPT = fileURLToPath(new URL('../php/irc.php', import.meta.url))

/** The Islandora client for PHP, used by a program of ours. */
export function ircCheck(stage: {
  readonly server: ServerProcess
  /** A place for files. */
  readonly directory: string
  /** A checkout of irc. */
  readonly checkout: string
  /** What makes Guzzle's classes known. */
  readonly guzzle: string
}): Check {
  const { server, directory, checkout, guzzle } = stage
  return {
    name: 'irc: objects, relationships, datastreams, Solr',
    async run() {
      const dspace = new DSpaceSession(server.endpoint, ACCOUNT)
      const { email: user, password } = ACCOUNT
      const islandora = new IslandoraSession(server.url, { user, password })
      const token = await createToken(dspace, 'irc')
      const collection = await pidOfCollection(dspace, islandora, await createCollection(dspace, 'irc'))
      const files = [join(directory, 'MODS.xml'), join(directory, 'MODSNEW.xml')]
      await Promise.all(files.map((file) => writeFile(file, `<mods><note>${file}</note></mods>`)))
      const args = [SCRIPT, checkout, guzzle, server.url, user, token, collection, ...files]
      const [pid, calls] = (await run('php', args)).stdout.trim().split(' ')
      return `${calls} calls, ${pid} is left`
    },
  }
}
