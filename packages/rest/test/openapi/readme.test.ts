import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadSpecification, validatingFetch } from '@hexapla/rest'
import { expect, test } from 'vitest'

test('the service of the section on OpenAPI runs, and does what it says of itself', async () => {
  const home = join(import.meta.dirname, '../..')
  const [, section = ''] = (await readFile(join(home, 'README.md'), 'utf8')).split('\n## OpenAPI\n')
  const code = /```ts\n([\s\S]*?)```/.exec(section)?.[1] ?? ''
  const child = spawn(
    process.execPath,
    ['--conditions=@hexapla/source', '--input-type=module-typescript', '--eval', code],
    { cwd: home, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const url = line.toString().trim().replace('listening on ', '')

  const document = (await (await fetch(`${url}/openapi.json`)).json()) as object
  const ask = validatingFetch(await loadSpecification(document))
  expect(await (await ask(`${url}/fruits?limit=1`)).json()).toEqual(['fig'])
  expect((await ask(`${url}/fruits?limit=0`)).status).toBe(400)
  expect(await (await ask(`${url}/docs`)).text()).toContain('The fruits in the basket')

  child.kill('SIGTERM')
  const [exitCode] = (await once(child, 'exit')) as [number | null]
  expect(exitCode).toBe(0)
})
