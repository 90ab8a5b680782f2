import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ADMINISTRATOR, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
let server: TestServer
let directory: string

beforeAll(async () => {
  server = await startTestServer()
  directory = await mkdtemp(join(tmpdir(), 'hexapla-tour-'))
})
afterAll(async () => {
  await server.stop()
  await rm(directory, { recursive: true })
})

test('the tour of the README is the program in examples/', async () => {
  const [readme, tour] = await Promise.all(
    ['README.md', 'examples/tour.ts'].map((name) => readFile(join(root, name), 'utf8')),
  )
  expect(readme).toContain(`\`\`\`ts\n${tour}\`\`\``)
})

test('the tour logs in, creates, uploads and reads back', async () => {
  await symlink(join(root, 'README.md'), join(directory, 'README.md'))
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@hexapla/source', join(root, 'examples/tour.ts')],
    {
      cwd: directory,
      env: {
        ...process.env,
        HEXAPLA_URL: server.url,
        HEXAPLA_ADMIN_EMAIL: ADMINISTRATOR.email,
        HEXAPLA_ADMIN_PASSWORD: ADMINISTRATOR.password,
      },
    },
  )
  expect(stdout).toMatch(/Rain in May is 123456789\/\d+, and rain\.md is back/)
  expect(await readFile(join(directory, 'rain.md'))).toEqual(await readFile(join(root, 'README.md')))
})
