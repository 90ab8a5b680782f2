import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Auth } from '@hexapla/rest'
import { expect, test } from 'vitest'

test('the service of the section on authentication runs', async () => {
  const home = join(import.meta.dirname, '..')
  const [, section = ''] = (await readFile(join(home, 'README.md'), 'utf8')).split('\n## Authentication\n')
  const code = /```ts\n([\s\S]*?)```/.exec(section)?.[1] ?? ''
  const secret = 's'.repeat(64)
  const child = spawn(
    process.execPath,
    ['--conditions=@hexapla/source', '--input-type=module-typescript', '--eval', code],
    { cwd: home, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, SECRET: secret } },
  )
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const url = `${line.toString().trim().replace('listening on ', '')}/basket`

  const auth = new Auth({ secret, issuer: 'orchard' })
  const ask = async (method: string, scope: string) => {
    const token = await auth.createToken('ada', { payload: { aud: 'orchard', scope } })
    return await fetch(url, { method, headers: { authorization: `Bearer ${token}` } })
  }
  expect((await fetch(url)).status).toBe(401)
  expect(await (await ask('GET', '')).json()).toEqual({ owner: 'ada' })
  expect((await ask('POST', 'orchard:read')).status).toBe(403)
  expect(await (await ask('POST', 'orchard:write')).json()).toEqual({ picked: true })

  child.kill('SIGTERM')
  const [exitCode] = (await once(child, 'exit')) as [number | null]
  expect(exitCode).toBe(0)
})
