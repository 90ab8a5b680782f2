import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startOpenIdProvider } from '@hexapla/testing/openid-provider'
import { expect, onTestFinished, test } from 'vitest'
import { ORCHARD, SECRET } from './orchard.ts'
import { visitor } from './visitor.ts'

test('the login of the README works', async () => {
  const home = join(import.meta.dirname, '../..')
  const readme = await readFile(join(home, 'README.md'), 'utf8')
  const code = /## Login and sessions\n\n```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
  const provider = await startOpenIdProvider({
    clients: [{ client_id: 'orchard', client_secret: 'orchard-secret', redirect_uris: [`${ORCHARD}/login`] }],
  })
  onTestFinished(provider.stop)
  const child = spawn(
    process.execPath,
    ['--conditions=@hexapla/source', '--input-type=module-typescript', '--eval', code],
    {
      cwd: home,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ISSUER: provider.issuer, CLIENT_SECRET: 'orchard-secret', SECRET },
    },
  )
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const ada = visitor(ORCHARD, line.toString().trim().replace('listening on ', ''), provider)

  expect(await ada.refusal('/basket')).toEqual([401, 'authentication-failed'])
  expect((await ada.signIn('ada', '/login?next=/basket')).headers.get('location')).toBe(`${ORCHARD}/basket`)
  const put = await ada.visit('/basket', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '["fig"]',
  })
  expect(put.status).toBe(204)
  expect(await ada.read('/basket')).toEqual({ owner: 'ada', fruits: ['fig'] })
  await ada.visit('/logout', { method: 'POST' })
  expect(await ada.refusal('/basket')).toEqual([401, 'authentication-failed'])

  child.kill('SIGTERM')
  const [exitCode] = (await once(child, 'exit')) as [number | null]
  expect(exitCode).toBe(0)
})
