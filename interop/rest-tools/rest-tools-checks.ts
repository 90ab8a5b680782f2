import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { prepareRestTools } from '../python/environment.ts'
import { run } from '../python/run.ts'
import type { Check } from '../run-checks.ts'
import { startFruitServer } from './fruit-server.ts'
import { startOriginalServer } from './original-server.ts'
import { useRestServer } from './our-client.ts'

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** The original Python package with ours, in both directions. */
export const restToolsChecks: readonly Check[] = [
  {
    name: 'rest-tools: its RestClient with our RestServer',
    async run() {
      const secret = newSecret()
      await using server = await startFruitServer(secret)
      const { stdout } = await run(await prepareRestTools(), [script('rest-client.py'), server.url, secret])
      return stdout.trim()
    },
  },
  {
    name: 'rest-tools: our RestClient with its RestServer',
    async run() {
      const secret = newSecret()
      await using server = await startOriginalServer(await prepareRestTools(), 'rest-server.py', [secret])
      return await useRestServer(server.url, secret)
    },
  },
]

/** As long as HS512 asks for (RFC 7518 section 3.2). */
function newSecret(): string {
  return randomBytes(64).toString('hex')
}
