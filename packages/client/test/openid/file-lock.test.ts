import { access, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withFileLock } from '../../src/node/file-lock.ts'
import { startChild } from './start-child.ts'

let directory: string
let path: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'file-lock-'))
  path = join(directory, 'lock')
})
afterEach(() => rm(directory, { recursive: true }))

const patient = new AbortController().signal

test('lets one work at a time, and leaves nothing behind', async () => {
  let working = 0
  let most = 0
  const work = async () => {
    working += 1
    most = Math.max(most, working)
    await wait(5)
    working -= 1
  }
  await Promise.all(Array.from({ length: 10 }, () => withFileLock(path, work, patient)))
  expect(most).toBe(1)
  expect(await readdir(directory)).toEqual([])
})

test('is released by work that fails', async () => {
  const failing = withFileLock(path, () => Promise.reject(new Error('no')), patient)
  await expect(failing).rejects.toThrow('no')
  expect(await withFileLock(path, () => Promise.resolve('next'), patient)).toBe('next')
})

test('is not waited for after an abort', async () => {
  await withFileLock(
    path,
    async () => {
      const late = withFileLock(path, () => Promise.resolve(), AbortSignal.timeout(100))
      await expect(late).rejects.toThrow(DOMException)
    },
    patient,
  )
})

test('of a process that was killed is taken over at once', async () => {
  const child = await startChild('file-lock-child.ts', [path])
  await child.kill()
  await access(path)
  const start = performance.now()
  await withFileLock(path, () => Promise.resolve(), patient)
  expect(performance.now() - start).toBeLessThan(2000)
})

test('of a stranger is taken over after ten seconds of silence, by one of those who wait', async () => {
  await writeFile(path, 'another machine\n4711\nid')
  const start = performance.now()
  let working = 0
  const work = async () => {
    working += 1
    expect(working).toBe(1)
    await wait(20)
    working -= 1
    return performance.now() - start
  }
  const waits = await Promise.all([1, 2, 3].map(() => withFileLock(path, work, patient)))
  expect(Math.min(...waits)).toBeGreaterThan(10_000)
  expect(Math.max(...waits)).toBeLessThan(13_000)
  expect(await readdir(directory)).toEqual([])
})

test('that another took over is left to that one', async () => {
  await withFileLock(path, () => writeFile(path, 'another machine\n4711\nid'), patient)
  expect(await readFile(path, 'utf8')).toContain('another')
})
