import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { startOpenIdProvider } from '@hexapla/testing/openid-provider'
import { expect, test } from 'vitest'

const runSource = ['--conditions=@hexapla/source', '--input-type=module-typescript', '--eval']

/** A program of the guide, by the name in its first line. */
async function program(name: string): Promise<string> {
  const guide = await readFile(new URL('../../../../docs/rest-tools.md', import.meta.url), 'utf8')
  return new RegExp(`\`\`\`ts\\n(// ${name}\\n[\\s\\S]*?)\`\`\``).exec(guide)?.[1] ?? ''
}

test('server and client of the guide for those who come from rest-tools work', async () => {
  await using provider = await startOpenIdProvider({
    audience: 'https://fruits.example.org',
    clients: [
      { client_id: 'nightly', client_secret: 'secret', claims: { realm_access: { roles: ['gardener'] } } },
    ],
  })
  const env = { ...process.env, PROVIDER: provider.issuer, SECRET: 'secret' }
  const server = spawn(process.execPath, [...runSource, await program('server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...env, PORT: '0' },
  })
  const [line] = (await once(server.stdout, 'data')) as [Buffer]
  const url = line.toString().trim().replace('listening on ', '')
  expect((await fetch(`${url}/fruits`)).status).toBe(401)

  const { stdout } = await promisify(execFile)(process.execPath, [...runSource, await program('client.ts')], {
    env: { ...env, SERVER: url },
  })
  expect(stdout.split('\n')).toEqual([
    'lime picked by nightly',
    '0 from Chile',
    'lime',
    '400 the following arguments are required: grams',
    '',
  ])

  server.kill('SIGTERM')
  const [exitCode] = (await once(server, 'exit')) as [number | null]
  expect(exitCode).toBe(0)
})
