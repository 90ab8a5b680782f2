import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Datastream } from '../../src/domain/datastreams/datastream.ts'
import { changeDatastream, replaceDatastream } from '../../src/services/datastreams/change-datastream.ts'
import { createDatastream, type NewDatastream } from '../../src/services/datastreams/create-datastream.ts'
import {
  deleteDatastream,
  deleteDatastreamVersion,
} from '../../src/services/datastreams/delete-datastream.ts'
import { readDatastream } from '../../src/services/datastreams/read-datastream.ts'
import { deleteBitstream } from '../../src/services/files/delete-bitstreams.ts'
import { replaceFileContent } from '../../src/services/files/replace-file-content.ts'
import { chunks, fileWorld, freshBytes, type FileWorld } from '../_support/file-world.ts'

let world: FileWorld
beforeAll(async () => {
  world = await fileWorld()
})
afterAll(() => world.stop())

const create = (pid: string, told: Partial<NewDatastream> & { dsid: string }, bytes = freshBytes()) =>
  createDatastream(world)(world.administrator, {
    pid,
    source: chunks(bytes),
    describe: async () => ({ filename: 'a.txt', ...told }),
  })
const replace = (pid: string, dsid: string, bytes = freshBytes()) =>
  replaceDatastream(world)(world.administrator, {
    pid,
    dsid,
    source: chunks(bytes),
    describe: async () => ({ filename: 'b.txt' }),
  })
const read = async (pid: string, dsid: string): Promise<Datastream> =>
  (await readDatastream(world)(world.administrator, { pid, dsid })).datastream
const bytesOf = async (pid: string, dsid: string, datedAt?: Date): Promise<string> => {
  const wanted = { pid, dsid, ...(datedAt === undefined ? {} : { datedAt }) }
  const { open } = await readDatastream(world)(world.anonymous, wanted)
  return (await (await open()).setEncoding('utf8').toArray()).join('')
}
const dsidsOf = async (itemId: string): Promise<string[]> =>
  (await world.reading.datastreams.ofItem(itemId)).map(({ value }) => value.dsid)

test('files that are uploaded past Islandora have dsids from the table of bundles, unique in the item', async () => {
  const bundle = await world.addBundle()
  await world.upload(bundle.id, 'a.txt', freshBytes())
  await world.upload(bundle.id, 'b.txt', freshBytes())
  const item = await world.addItem()
  expect(await dsidsOf(bundle.itemId)).toEqual(['OBJ', 'OBJ_2'])
  expect(await dsidsOf(item.id)).toEqual([])
  const text = await world.addBundle('TEXT')
  await world.upload(text.id, 'a.txt', freshBytes())
  expect(await dsidsOf(text.itemId)).toEqual(['FULL_TEXT'])
})

test('a dsid that somebody chose does not stand in the way of one that is given', async () => {
  const { pid, id } = await world.addItem()
  await create(pid, { dsid: 'OBJ_2' })
  const bundle = await world.reading.bundles.named(id, 'ORIGINAL')
  await world.upload(bundle?.id ?? '', 'b.txt', freshBytes())
  await world.upload(bundle?.id ?? '', 'c.txt', freshBytes())
  expect(await dsidsOf(id)).toEqual(['OBJ_2', 'OBJ', 'OBJ_3'])
})

test('of several who add a datastream of one name at once, one does', async () => {
  const { pid, id } = await world.addItem()
  const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => create(pid, { dsid: 'SAME' })))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'CONFLICT', data: { field: 'dsid' } })
  expect(await dsidsOf(id)).toEqual(['SAME'])
})

test('every content that is replaced, by whichever way, stays readable by its date, the newest first', async () => {
  const { pid } = await world.addItem()
  const [first, second, third] = [freshBytes(), freshBytes(), freshBytes()]
  await create(pid, { dsid: 'OBJ', label: 'Label' }, first)
  const { file } = await read(pid, 'OBJ')
  await replaceFileContent(world)(world.administrator, {
    id: file.id,
    expected: 'any',
    source: chunks(second),
  })
  await replace(pid, 'OBJ', third)
  await world.workOff()
  const now = await read(pid, 'OBJ')
  expect(now.versions.map(({ label }) => label)).toEqual(['Label', 'Label'])
  const dates = [now, ...now.versions].map(({ datedAt }) => datedAt.getTime())
  expect(dates).toEqual(dates.toSorted((one, other) => other - one))
  expect(new Set(dates).size).toBe(3)
  const [newer, older] = now.versions
  expect(await bytesOf(pid, 'OBJ')).toBe(third)
  expect(await bytesOf(pid, 'OBJ', newer?.datedAt)).toBe(second)
  expect(await bytesOf(pid, 'OBJ', older?.datedAt)).toBe(first)
})

test('writers at the same time each leave a version, with a date of its own', async () => {
  const { pid } = await world.addItem()
  await create(pid, { dsid: 'OBJ' })
  await Promise.all(Array.from({ length: 10 }, () => replace(pid, 'OBJ')))
  const { datedAt, versions } = await read(pid, 'OBJ')
  expect(new Set([datedAt, ...versions.map((version) => version.datedAt)].map(Number)).size).toBe(11)
})

test('the former content of what is not versionable is gone', async () => {
  const { pid } = await world.addItem()
  await create(pid, { dsid: 'OBJ', versionable: false })
  const before = await read(pid, 'OBJ')
  await replace(pid, 'OBJ')
  await world.workOff()
  expect((await read(pid, 'OBJ')).versions).toEqual([])
  expect(await world.permanent()).not.toContain(before.file.content.sha256)
})

test('a former content is deleted by its date, and its bytes with it; the present one makes room for the one before', async () => {
  const { pid } = await world.addItem()
  const [first, second, third] = [freshBytes(), freshBytes(), freshBytes()]
  await create(pid, { dsid: 'OBJ' }, first)
  await replace(pid, 'OBJ', second)
  await replace(pid, 'OBJ', third)
  const before = await read(pid, 'OBJ')
  const remove = deleteDatastreamVersion(world)
  const middle = before.versions[0]
  const name = { pid, dsid: 'OBJ' }
  await remove(world.administrator, { ...name, datedAt: middle?.datedAt ?? new Date(0) })
  await remove(world.administrator, { ...name, datedAt: before.datedAt })
  await world.workOff()
  const after = await read(pid, 'OBJ')
  expect(await bytesOf(pid, 'OBJ')).toBe(first)
  expect(after.versions).toEqual([])
  expect(after.datedAt).toEqual(before.versions[1]?.datedAt)
  const kept = await world.permanent()
  expect(kept).not.toContain(middle?.content.sha256)
  expect(kept).not.toContain(before.file.content.sha256)
  await expect(remove(world.administrator, { ...name, datedAt: before.datedAt })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await remove(world.administrator, { ...name, datedAt: after.datedAt })
  await expect(read(pid, 'OBJ')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('with a file go its former contents', async () => {
  const { pid } = await world.addItem()
  await create(pid, { dsid: 'OBJ' })
  await replace(pid, 'OBJ')
  const { file, versions } = await read(pid, 'OBJ')
  await deleteBitstream(world)(world.administrator, { id: file.id, expected: 'any' })
  await world.workOff()
  expect(await world.permanent()).not.toContain(versions[0]?.content.sha256)
  expect(await world.permanent()).not.toContain(file.content.sha256)
})

test('checksums are those asked for, of the present content', async () => {
  const { pid } = await world.addItem()
  // https://www.rfc-editor.org/rfc/rfc3174 section 7.3, "abc"
  await create(pid, { dsid: 'OBJ', checksumType: 'SHA-1' }, 'abc')
  expect(await read(pid, 'OBJ')).toMatchObject({
    checksumType: 'SHA-1',
    checksum: 'a9993e364706816aba3e25717850c26c9cd0d89d',
  })
  const change = changeDatastream(world)
  await change(world.administrator, { pid, dsid: 'OBJ', change: { checksumType: 'MD5' } })
  expect((await read(pid, 'OBJ')).checksum).toBe('900150983cd24fb0d6963f7d28e17f72')
  await change(world.administrator, { pid, dsid: 'OBJ', change: { checksumType: 'SHA-512' } })
  expect((await read(pid, 'OBJ')).checksum).toMatch(/^ddaf35a193617aba.*a54ca49f$/)
  await replace(pid, 'OBJ', 'abcd')
  expect((await read(pid, 'OBJ')).checksum).toMatch(/^d8022f2060ad6efd/)
})

test('whoever may not write is refused before a byte is read', async () => {
  const { pid } = await world.addItem()
  await create(pid, { dsid: 'OBJ' })
  const unread = {
    [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
      throw new Error('read')
    },
  }
  const describe = async () => ({ dsid: 'TN', filename: '' })
  const { datedAt } = await read(pid, 'OBJ')
  const asked = [
    createDatastream(world)(world.anonymous, { pid, source: unread, describe }),
    replaceDatastream(world)(world.anonymous, { pid, dsid: 'OBJ', source: unread, describe }),
    changeDatastream(world)(world.anonymous, { pid, dsid: 'OBJ', change: { state: 'I' } }),
    deleteDatastream(world)(world.anonymous, { pid, dsid: 'OBJ' }),
    deleteDatastreamVersion(world)(world.anonymous, { pid, dsid: 'OBJ', datedAt }),
  ]
  const outcomes = await Promise.allSettled(asked)
  for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { code: 'NOT_SIGNED_IN' } })
})
