import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import {
  asSource,
  guideEnvironment,
  guideOutput,
  guideProgram,
  startGuideProvider,
} from '../../packages/rest/test/rest-tools/guide-programs.ts'
import { startProgram } from '../process/start-program.ts'
import { prepareRestTools } from '../python/environment.ts'
import { run } from '../python/run.ts'
import type { Check } from '../run-checks.ts'

/** The programs of docs/rest-tools.md: each client with the server in the other language. */
export const guideChecks: readonly Check[] = [
  {
    name: 'rest-tools: the guide, its client in Python with our server',
    run: () => runGuide({ server: 'server.ts', client: 'client.py' }),
  },
  {
    name: 'rest-tools: the guide, our client with its server in Python',
    run: () => runGuide({ server: 'server.py', client: 'client.ts' }),
  },
]

/** @returns what the client wrote */
async function runGuide(names: { readonly server: string; readonly client: string }): Promise<string> {
  await using provider = await startGuideProvider()
  const env = { ...guideEnvironment(provider), PORT: String(await freePort()) }
  await using server = await startProgram(...(await command(names.server)), env)
  const SERVER = server.firstLine.replace('listening on ', '')
  const { stdout } = await run(...(await command(names.client)), { env: { ...env, SERVER } })
  const lines = stdout.trim().split(/\r?\n/)
  assert.deepEqual(lines, guideOutput)
  return lines.join(', ')
}

/** How a program of the guide is run. */
async function command(name: string): Promise<[command: string, args: readonly string[]]> {
  const code = await guideProgram(name)
  return name.endsWith('.py') ? [await prepareRestTools(), ['-c', code]] : [process.execPath, asSource(code)]
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
