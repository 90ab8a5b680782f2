import assert from 'node:assert/strict'
import { startOpenIdProvider } from '@hexapla/testing/openid-provider'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
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
  await using provider = await startOpenIdProvider({
    audience: 'https://fruits.example.org',
    clients: [
      { client_id: 'nightly', client_secret: 'secret', claims: { realm_access: { roles: ['gardener'] } } },
    ],
  })
  const env = { PROVIDER: provider.issuer, SECRET: 'secret', PORT: String(await freePort()) }
  await using server = await startProgram(...(await program(names.server)), env)
  const SERVER = server.firstLine.replace('listening on ', '')
  const { stdout } = await run(...(await program(names.client)), { env: { ...env, SERVER } })
  assert.deepEqual(stdout.trim().split(/\r?\n/), [
    'lime picked by nightly',
    '0 from Chile',
    'lime',
    '400 the following arguments are required: grams',
  ])
  return stdout.trim().replaceAll('\n', ', ')
}

/** How a program of the guide is run, by the name in its first line. */
async function program(name: string): Promise<[command: string, args: readonly string[]]> {
  const guide = await readFile(new URL('../../docs/rest-tools.md', import.meta.url), 'utf8')
  const code = new RegExp(`\`\`\`\\w+\\n((?:#|//) ${name}\\n[\\s\\S]*?)\`\`\``).exec(guide)?.[1]
  assert.ok(code, `the guide has no ${name}`)
  if (name.endsWith('.py')) return [await prepareRestTools(), ['-c', code]]
  return [
    process.execPath,
    ['--conditions=@hexapla/source', '--input-type=module-typescript', '--eval', code],
  ]
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
