import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, open, readdir, readlink, realpath, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDiskContentStore } from '../src/content/disk-content-store.ts'
import type { ContentStore, StagedContent } from '../src/domain/files/content-store.ts'
import { MAY_MOUNT, smallDisk } from './_support/small-disk.ts'

let directory: string
let store: ContentStore

beforeEach(async () => {
  directory = await realpath(await mkdtemp(join(tmpdir(), 'content-log-')))
  store = await createDiskContentStore({ directory })
})

afterEach(async () => {
  await store.close()
  await rm(directory, { recursive: true })
})

const inStaging = () => readdir(join(directory, 'staging'))

async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

const stageAll = (contents: readonly Buffer[]) =>
  Promise.all(contents.map((bytes) => store.stage(chunksOf(bytes))))

/** Each of another length. */
function smallContents(count: number): readonly Buffer[] {
  return Array.from({ length: count }, (_, index) => randomBytes(500 + index))
}

test('small contents that come together share a file, which goes away with the last of them', async () => {
  const contents = smallContents(200)
  const staged = await stageAll(contents)
  expect(await inStaging()).toHaveLength(1)
  expect(new Set(staged.map(({ stagingName }) => stagingName)).size).toBe(200)
  for (const [index, one] of staged.entries()) {
    expect((await buffer(await store.open(one))).equals(contents[index] ?? Buffer.alloc(0))).toBe(true)
  }
  await store.keepAll(staged.slice(0, 150))
  for (const { stagingName } of staged.slice(150, 199)) await store.discard(stagingName)
  expect(await inStaging()).toHaveLength(1)
  await store.discard(staged[199]?.stagingName ?? '')
  expect(await inStaging()).toEqual([])
  for (const [index, { sha256 }] of staged.slice(0, 150).entries()) {
    expect((await buffer(await store.open({ sha256 }))).equals(contents[index] ?? Buffer.alloc(0))).toBe(true)
    expect((await stat(join(directory, 'content', sha256.slice(0, 2), sha256))).mode & 0o777).toBe(0o600)
  }
})

test('what has arrived can be read, and discarded, before it is durable', async () => {
  const [bytes = Buffer.alloc(0), other = Buffer.alloc(0)] = smallContents(2)
  const [read, discarded] = await Promise.all([bytes, other].map((one) => store.receive(chunksOf(one))))
  const isDurable = Promise.all([read?.durable, discarded?.durable]).then(() => true)
  expect(await Promise.race([isDurable, Promise.resolve(false)])).toBe(false)
  const [found] = await Promise.all([
    store.open(read?.content ?? { sha256: '' }).then(buffer),
    store.discard(discarded?.content.stagingName ?? ''),
    isDurable,
  ])
  expect(found.equals(bytes)).toBe(true)
  expect(await inStaging()).toHaveLength(1)
  await store.discard(read?.content.stagingName ?? '')
  expect(await inStaging()).toEqual([])
})

test.runIf(MAY_MOUNT)('what does not become durable leaves nothing, and those behind it may', async () => {
  await using disk = await smallDisk()
  const onSmall = await createDiskContentStore({ directory: disk.path })
  const filling = await onSmall.stage(chunksOf(randomBytes(4_190_000)))
  const failed = await Promise.all(smallContents(100).map((one) => onSmall.receive(chunksOf(one))))
  for (const outcome of await Promise.allSettled(failed.map(({ durable }) => durable))) {
    expect(outcome).toMatchObject({ reason: { code: 'CONTENT_STORE_FULL', cause: { code: 'ENOSPC' } } })
  }
  for (const { content } of failed) {
    await expect(onSmall.open(content)).rejects.toMatchObject({ code: 'CONTENT_MISSING' })
  }
  expect(await readdir(join(disk.path, 'staging'))).toEqual([filling.stagingName])
  await onSmall.discard(filling.stagingName)
  const [bytes = Buffer.alloc(0)] = smallContents(1)
  const { content, durable } = await onSmall.receive(chunksOf(bytes))
  await durable
  expect((await buffer(await onSmall.open(content))).equals(bytes)).toBe(true)
  await onSmall.close()
})

test('what is 64 KB and less shares a file; what is larger, and what is empty, has one of its own', async () => {
  const staged = await stageAll([64 * 1024, 64 * 1024 + 1, 0, 0].map((size) => randomBytes(size)))
  expect(staged.map(({ stagingName }) => stagingName.includes('.'))).toEqual([true, false, false, false])
  expect(await inStaging()).toHaveLength(4)
  await store.keepAll(staged)
  expect(await inStaging()).toEqual([])
})

test('a file takes no more when it is long', async () => {
  const staged: StagedContent[] = []
  for (let round = 0; round < 4; round += 1) {
    staged.push(...(await stageAll(Array.from({ length: 64 }, () => randomBytes(64 * 1024)))))
  }
  expect((await inStaging()).length).toBeGreaterThan(1)
  await store.keepAll(staged)
  expect(await inStaging()).toEqual([])
})

test('parts of what is staged are read, also by another process', async () => {
  const bytes = randomBytes(1000)
  const [, staged] = await stageAll([randomBytes(10), bytes])
  if (staged === undefined) throw new Error('Nothing was staged')
  const other = await createDiskContentStore({ directory })
  for (const reader of [store, other]) {
    for (const [start, end] of [
      [0, 0],
      [10, 19],
      [990, 5000],
      [2000, 3000],
    ] as const) {
      const read = await buffer(await reader.open(staged, { start, end }))
      expect(read.equals(bytes.subarray(start, end + 1))).toBe(true)
    }
    expect(await reader.size(staged)).toBe(1000)
  }
  await other.close()
})

test('contents are kept by another process, too, and by both', async () => {
  const staged = await stageAll(smallContents(5))
  const other = await createDiskContentStore({ directory })
  await other.keepAll(staged)
  await store.keepAll(staged)
  expect(await inStaging()).toEqual([])
  await other.keepAll(staged)
  for (const { sha256 } of staged) expect(await store.verify(sha256)).toBe('intact')
  await other.close()
})

test('what a crash cut short, or changed, is not made permanent', async () => {
  const [first, changed, last] = await stageAll(smallContents(3))
  if (first === undefined || changed === undefined || last === undefined)
    throw new Error('Nothing was staged')
  await store.close()
  const [name = ''] = await inStaging()
  const file = await open(join(directory, 'staging', name), 'r+')
  await file.truncate((await file.stat()).size - 1)
  const start = Number(changed.stagingName.split('.')[1])
  const { buffer: byte } = await file.read(Buffer.alloc(1), 0, 1, start)
  await file.write(Buffer.of(255 - byte.readUInt8()), 0, 1, start)
  await file.close()
  store = await createDiskContentStore({ directory })
  await store.keep(first.stagingName, first.sha256)
  for (const lost of [changed, last]) {
    await expect(store.keep(lost.stagingName, lost.sha256)).rejects.toMatchObject({ code: 'CONTENT_MISSING' })
    expect(await store.verify(lost.sha256)).toBe('missing')
  }
  await expect(store.open(last)).rejects.toMatchObject({ code: 'CONTENT_MISSING' })
  expect(await store.size(last)).toBeUndefined()
  expect(await inStaging()).toEqual([name])
})

test('what cannot be made permanent stays staged, and can be later', async () => {
  const [first, second] = await stageAll(smallContents(2))
  if (first === undefined || second === undefined) throw new Error('Nothing was staged')
  await store.keep(first.stagingName, first.sha256)
  const staged = await inStaging()
  const parent = join(directory, 'content', first.sha256.slice(0, 2))
  await rm(parent, { recursive: true })
  await expect(store.keepAll([first, second])).rejects.toMatchObject({ code: 'ENOENT' })
  expect(await inStaging()).toEqual(staged)
  await mkdir(parent)
  await store.keepAll([first, second])
  for (const { sha256 } of [first, second]) expect(await store.verify(sha256)).toBe('intact')
  expect(await inStaging()).toEqual([])
})

test('what is to be kept while the store closes is kept', async () => {
  const [first, second] = await stageAll(smallContents(2))
  if (first === undefined || second === undefined) throw new Error('Nothing was staged')
  await store.keep(first.stagingName, first.sha256)
  await Promise.all([store.close(), store.keep(second.stagingName, second.sha256)])
  expect(await store.verify(second.sha256)).toBe('intact')
})

test.runIf(process.platform === 'linux')('leaves no file open', async () => {
  const [kept, discarded, left] = await stageAll(smallContents(3))
  await store.keep(kept?.stagingName ?? '', kept?.sha256 ?? '')
  await store.discard(discarded?.stagingName ?? '')
  await buffer(await store.open({ sha256: left?.sha256 ?? '', stagingName: left?.stagingName ?? '' }))
  await store.close()
  const handles = await readdir('/proc/self/fd')
  const paths = await Promise.all(handles.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')))
  expect(paths.filter((path) => path.startsWith(directory))).toEqual([])
})
