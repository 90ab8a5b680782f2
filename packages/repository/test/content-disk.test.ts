import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { mkdtemp, open, readdir, readlink, realpath, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDiskContentStore } from '../src/content/disk-content-store.ts'
import type { ContentStore, StagedContent } from '../src/domain/files/content-store.ts'
import { MAY_MOUNT, smallDisk } from './_support/small-disk.ts'
import { contentStoreSuite } from './content-store-suite.ts'

contentStoreSuite('disk', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'content-test-'))
  const stores: ContentStore[] = []
  const reopen = async () => {
    const store = await createDiskContentStore({ directory })
    stores.push(store)
    return store
  }
  return {
    store: await reopen(),
    reopen,
    corrupt: async (sha256) => {
      const file = await open(join(directory, 'content', sha256.slice(0, 2), sha256), 'r+')
      const { buffer } = await file.read({ buffer: Buffer.alloc(1), position: 1000 })
      await file.write(Buffer.of(255 - buffer.readUInt8()), 0, 1, 1000)
      await file.close()
    },
    close: async () => {
      for (const store of stores) await store.close()
      await rm(directory, { recursive: true })
    },
  }
})

describe('disk', () => {
  let directory: string
  let store: ContentStore

  beforeEach(async () => {
    directory = await realpath(await mkdtemp(join(tmpdir(), 'content-test-')))
    store = await createDiskContentStore({ directory })
  })

  afterEach(async () => {
    await store.close()
    await rm(directory, { recursive: true })
  })

  test('files and directories are closed to others, and lie under their digest', async () => {
    await store.stage(repeat(randomBytes(100), 1))
    const { stagingName, sha256 } = await store.stage(repeat(randomBytes(1_000_000), 3))
    await store.keep(stagingName, sha256)
    const a = sha256.slice(0, 2)
    for (const path of ['staging', 'content', `content/${a}`]) {
      expect((await stat(join(directory, path))).mode & 0o777).toBe(0o700)
    }
    const [staged = ''] = await readdir(join(directory, 'staging'))
    for (const path of [`staging/${staged}`, `content/${a}/${sha256}`]) {
      expect((await stat(join(directory, path))).mode & 0o777).toBe(0o600)
    }
  })

  test('an upload waits for the disk: never more than 1 MB of it is in memory', async () => {
    let most = 0
    async function* source(): AsyncGenerator<Buffer> {
      const chunk = randomBytes(65_536)
      for (let given = 0; given < 64 * 1024 * 1024; given += chunk.length) {
        const [name] = given > 4 * 1024 * 1024 ? await readdir(join(directory, 'staging')) : []
        if (name !== undefined) most = Math.max(most, given - statSync(join(directory, 'staging', name)).size)
        yield chunk
      }
    }
    await store.stage(source())
    expect(most).toBeGreaterThan(0)
    expect(most).toBeLessThanOrEqual(1024 * 1024)
  })

  test.runIf(process.platform === 'linux')('leaves no file open, whatever goes wrong', async () => {
    const { stagingName, sha256 } = await store.stage(repeat(randomBytes(65_536), 32))
    for (let round = 0; round < 20; round += 1) {
      const signal = AbortSignal.timeout(round % 5)
      await store.stage(repeat(randomBytes(65_536), 2000), { signal }).catch(() => undefined)
      await store.stage(repeat(randomBytes(65_536), 40), { maxBytes: round * 65_536 }).catch(() => undefined)
      const stream = await store.open({ sha256, stagingName })
      if (round % 2 === 0) stream.once('data', () => stream.destroy())
      else stream.destroy()
      await new Promise((resolve) => stream.once('close', resolve))
      await store.open({ sha256, stagingName }, { start: 2, end: 1 }).catch(() => undefined)
      await store.verify(sha256)
      await store.size({ sha256, stagingName })
    }
    await store.keep(stagingName, sha256)
    await store.verify(sha256)
    await store.close()
    expect(await openFilesBelow(directory)).toEqual([])
    expect(await readdir(join(directory, 'staging'))).toEqual([])
  })

  test.runIf(MAY_MOUNT)('a full disk is told apart, and leaves room for what fits', async () => {
    await using disk = await smallDisk()
    const onSmall = await createDiskContentStore({ directory: disk.path })
    const staging = () => readdir(join(disk.path, 'staging'))
    for (const chunks of [1, 3, 50]) {
      await expect(onSmall.stage(repeat(randomBytes(8_000_000 / chunks), chunks))).rejects.toMatchObject({
        code: 'CONTENT_STORE_FULL',
        cause: { code: 'ENOSPC' },
      })
      expect(await staging()).toEqual([])
    }
    const filling = await onSmall.stage(repeat(randomBytes(1000), 3900))
    const small: StagedContent[] = []
    const fill = async () => {
      for (;;) small.push(await onSmall.stage(repeat(randomBytes(20_000), 1)))
    }
    await expect(fill()).rejects.toMatchObject({ code: 'CONTENT_STORE_FULL', cause: { code: 'ENOSPC' } })
    await onSmall.discard(filling.stagingName)
    expect(small.length).toBeGreaterThan(0)
    for (const { stagingName, sha256 } of [...small, await onSmall.stage(repeat(randomBytes(1000), 3))]) {
      await onSmall.keep(stagingName, sha256)
      expect(await onSmall.verify(sha256)).toBe('intact')
    }
    expect(await staging()).toEqual([])
    await onSmall.close()
    expect(await openFilesBelow(disk.path)).toEqual([])
  })
})

async function* repeat(chunk: Buffer, times: number): AsyncGenerator<Buffer> {
  for (let count = 0; count < times; count += 1) yield chunk
}

async function openFilesBelow(directory: string): Promise<string[]> {
  const handles = await readdir('/proc/self/fd')
  const paths = await Promise.all(
    handles.map((handle) => readlink(`/proc/self/fd/${handle}`).catch(() => '')),
  )
  return paths.filter((path) => path.startsWith(directory))
}

/** Only root in a real system, not in most containers, may mount the small disk that a test fills. */
