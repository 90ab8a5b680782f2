import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import {
  asSource,
  guideEnvironment,
  guideOutput,
  guideProgram,
  startGuideProvider,
} from './guide-programs.ts'

test('server and client of the guide for those who come from rest-tools work', async () => {
  await using provider = await startGuideProvider()
  const env = { ...process.env, ...guideEnvironment(provider) }
  const server = spawn(process.execPath, asSource(await guideProgram('server.ts')), {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...env, PORT: '0' },
  })
  const [line] = (await once(server.stdout, 'data')) as [Buffer]
  const url = line.toString().trim().replace('listening on ', '')
  expect((await fetch(`${url}/fruits`)).status).toBe(401)

  const { stdout } = await promisify(execFile)(process.execPath, asSource(await guideProgram('client.ts')), {
    env: { ...env, SERVER: url },
  })
  expect(stdout.trim().split('\n')).toEqual(guideOutput)

  server.kill('SIGTERM')
  const [exitCode] = (await once(server, 'exit')) as [number | null]
  expect(exitCode).toBe(0)
})
