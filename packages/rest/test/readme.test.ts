import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('the service of the README runs', async () => {
  const home = join(import.meta.dirname, '..')
  const readme = await readFile(join(home, 'README.md'), 'utf8')
  const code = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
  const child = spawn(
    process.execPath,
    ['--conditions=@hexapla/source', '--input-type=module-typescript', '--eval', code],
    { cwd: home, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const url = line.toString().trim().replace('listening on ', '')

  const put = async (name: string, body: unknown) =>
    await fetch(`${url}/fruits/${name}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  expect((await put('kiwi', { origin: 'NZ' })).status).toBe(204)
  expect((await put('apple', { origin: 'x' })).status).toBe(400)
  expect(await (await fetch(`${url}/fruits/kiwi`)).json()).toEqual({ origin: 'NZ' })
  expect((await fetch(`${url}/fruits/fig`)).status).toBe(404)
  expect(await (await fetch(`${url}/fruits?origin=NZ&limit=1`)).json()).toEqual([['kiwi', { origin: 'NZ' }]])

  child.kill('SIGTERM')
  const [exitCode] = (await once(child, 'exit')) as [number | null]
  expect(exitCode).toBe(0)
})
