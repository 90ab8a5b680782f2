import { link, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startKept } from './kept-process.ts'
import { isPresent, showPresence } from './presence.ts'

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'presence-test-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

test.runIf(process.platform === 'linux')('lasts until the last process that holds it has ended', async () => {
  const path = join(directory, 'presence')
  const seenByOthers = join(directory, 'the-same')
  const presence = await showPresence(path)
  await link(path, seenByOthers)
  expect(await isPresent(seenByOthers)).toBe(true)

  const child = await startKept('/bin/cat', [], {
    user: undefined,
    atParentsEnd: 'interrupt',
    inherited: presence?.descriptor,
    inputFile: '/dev/zero',
  })
  await presence?.end()
  expect(await readdir(directory)).toEqual(['the-same'])
  expect(await isPresent(path)).toBe(false)
  expect(await isPresent(seenByOthers)).toBe(true)

  process.kill(child.pid, 'SIGKILL')
  await child.exited
  await expect.poll(() => isPresent(seenByOthers)).toBe(false)
})
