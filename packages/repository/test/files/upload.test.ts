import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANONYMOUS_GROUP } from '../../src/domain/access/actor.ts'
import { groupPolicy } from '../../src/domain/access/policy.ts'
import { metadataValue } from '../../src/domain/metadata/metadata.ts'
import { UNKNOWN_FORMAT_ID } from '../../src/domain/records/record.ts'
import { deleteBundle } from '../../src/services/files/delete-bundle.ts'
import { replaceFileContent } from '../../src/services/files/replace-file-content.ts'
import { uploadBitstream, type FileTrailer } from '../../src/services/files/upload-bitstream.ts'
import { chunks, fileWorld, freshBytes, type FileWorld } from '../_support/file-world.ts'

let world: FileWorld
beforeAll(async () => {
  world = await fileWorld()
})
afterAll(() => world.stop())

test('a file is read back as it was sent, by everybody whom the collection lets read', async () => {
  const bytes = freshBytes()
  const bundle = await world.addBundle()
  const sent = await world.upload(bundle.id, 'data.csv', bytes)
  expect(sent).toMatchObject({
    bundleName: 'ORIGINAL',
    sequenceId: 1,
    metadata: { 'dc.title': [{ value: 'data.csv' }] },
    content: { size: bytes.length, md5: md5(bytes), stagingName: expect.any(String) },
  })
  expect(await world.download(world.anonymous, sent.id)).toBe(bytes)
  expect(await world.staging()).toEqual([])
  const kept = { ...sent, content: { ...sent.content, stagingName: null } }
  expect((await world.reading.bitstreams.find(sent.id))?.value).toEqual(kept)
  expect(await world.download(world.anonymous, sent.id)).toBe(bytes)
})

test('a range of a file is read', async () => {
  const bundle = await world.addBundle()
  const { id, content } = await world.upload(bundle.id, 'a.txt', `0123456789 ${freshBytes()}`)
  const stream = await world.contents.open(content, { start: 2, end: 4 })
  expect((await stream.setEncoding('utf8').toArray()).join('')).toBe('234')
  expect(id).toBeTypeOf('string')
})

test('a file is of the format of its declared type, else of its extension, else of its first bytes', async () => {
  const bundle = await world.addBundle()
  const pdf = `%PDF-1.7\n${freshBytes()}`
  const formatOf = async (name: string, mimetype?: string): Promise<string | undefined> => {
    const input = {
      bundleId: bundle.id,
      name,
      source: chunks(pdf),
      ...(mimetype === undefined ? {} : { mimetype }),
    }
    const { formatId } = await uploadBitstream(world)(world.administrator, input)
    return (await world.reading.formats.find(formatId))?.mimetype
  }
  expect(await formatOf('paper', 'image/png; charset=none')).toBe('image/png')
  expect(await formatOf('paper.XML', 'application/octet-stream')).toBe('text/xml')
  expect(await formatOf('paper.none')).toBe('application/pdf')
  const unknown = await world.upload(bundle.id, 'nothing', freshBytes())
  expect(unknown.formatId).toBe(UNKNOWN_FORMAT_ID)
})

test('bytes other than declared are refused and leave nothing', async () => {
  const { id: bundleId } = await world.addBundle()
  const bytes = freshBytes()
  const upload = (declared: { size?: number; md5?: string }) =>
    uploadBitstream(world)(world.administrator, { bundleId, name: 'a', source: chunks(bytes), declared })
  await expect(upload({ size: 3 })).rejects.toMatchObject({
    code: 'CHECKSUM_MISMATCH',
    data: { field: 'size', declared: 3, received: bytes.length },
  })
  await expect(upload({ md5: md5('other') })).rejects.toMatchObject({
    code: 'CHECKSUM_MISMATCH',
    data: { field: 'md5' },
  })
  expect(await world.reading.bitstreams.orderOf(bundleId)).toEqual([])
  expect(await world.staging()).toEqual([])
  const accepted = await upload({ size: bytes.length, md5: md5(bytes).toUpperCase() })
  expect(accepted.content.md5).toBe(md5(bytes))
})

test('what is told behind the bytes counts, and may still refuse them', async () => {
  const { id: bundleId } = await world.addBundle()
  const bytes = freshBytes()
  const upload = (trailer: () => Promise<FileTrailer>) =>
    uploadBitstream(world)(world.administrator, { bundleId, name: 'early', source: chunks(bytes), trailer })
  const description = { 'dc.description': [metadataValue('told late')] }
  expect(
    await upload(async () => ({ name: 'late.csv', metadata: description, declared: { size: bytes.length } })),
  ).toMatchObject({ metadata: { ...description, 'dc.title': [{ value: 'late.csv' }] } })
  await expect(upload(async () => ({ declared: { size: 1 } }))).rejects.toMatchObject({
    code: 'CHECKSUM_MISMATCH',
  })
  await expect(upload(async () => ({ metadata: { 'no.field': [] } }))).rejects.toMatchObject({
    code: 'FIELD_UNKNOWN',
  })
  await expect(upload(() => Promise.reject(new Error('cut off')))).rejects.toThrow('cut off')
  expect(await world.reading.bitstreams.orderOf(bundleId)).toHaveLength(1)
  expect(await world.staging()).toEqual([])
})

test('more bytes than allowed are refused and leave nothing', async () => {
  const { id: bundleId } = await world.addBundle()
  const input = { bundleId, name: 'a', source: chunks(freshBytes()), maxBytes: 5 }
  await expect(uploadBitstream(world)(world.administrator, input)).rejects.toMatchObject({
    code: 'TOO_LARGE',
  })
  expect(await world.staging()).toEqual([])
})

test('whoever may not add is refused before a byte is read', async () => {
  const { id: bundleId } = await world.addBundle()
  const person = await world.actor(await world.addPerson('reader@example.org'))
  let read = 0
  const source = (async function* () {
    read += 1
    yield Buffer.from('x')
  })()
  const input = { bundleId, name: 'a', source }
  await expect(uploadBitstream(world)(world.anonymous, input)).rejects.toMatchObject({
    code: 'NOT_SIGNED_IN',
  })
  await expect(uploadBitstream(world)(person, input)).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  await expect(uploadBitstream(world)(world.administrator, { ...input, name: ' ' })).rejects.toMatchObject({
    code: 'INVALID',
  })
  await expect(
    uploadBitstream(world)(world.administrator, { ...input, metadata: { 'no.field': [] } }),
  ).rejects.toMatchObject({ code: 'FIELD_UNKNOWN', data: { field: 'no.field' } })
  expect(read).toBe(0)
})

test('what is no longer allowed when the last byte arrives leaves nothing', async () => {
  const bundle = await world.addBundle()
  const source = (async function* () {
    yield Buffer.from(freshBytes())
    await deleteBundle(world)(world.administrator, { id: bundle.id, expected: 'any' })
  })()
  await expect(
    uploadBitstream(world)(world.administrator, { bundleId: bundle.id, name: 'a', source }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await world.staging()).toEqual([])
  expect(await world.reading.contents.staged()).toEqual([])
})

test('a file inherits from its bundle, and its readers from the collection', async () => {
  const bundle = await world.addBundle()
  const personId = await world.addPerson('editor@example.org')
  const writing = { ...groupPolicy(bundle.id, 'WRITE', ''), groupId: null, personId }
  await world.unitOfWork(async (tx) => {
    await tx.policies.remove([bundle.id], { action: 'READ' })
    await tx.policies.insert([writing])
  })
  const { id } = await world.upload(bundle.id, 'a.txt', freshBytes())
  const policies = await world.reading.policies.ofResources([id])
  expect(policies.map(({ action, groupId, personId }) => ({ action, groupId, personId }))).toEqual([
    { action: 'WRITE', groupId: null, personId },
    { action: 'READ', groupId: ANONYMOUS_GROUP, personId: null },
  ])
})

test('a file of an item under embargo is not opened by the defaults of the collection', async () => {
  const bundle = await world.addBundle()
  const embargo = (id: string) => ({
    ...groupPolicy(id, 'READ', ANONYMOUS_GROUP),
    startDate: '2030-01-01',
    origin: 'custom' as const,
  })
  await world.unitOfWork(async (tx) => {
    await tx.policies.remove([bundle.itemId, bundle.id], { action: 'READ' })
    await tx.policies.insert([embargo(bundle.itemId), embargo(bundle.id)])
  })
  const { id } = await world.upload(bundle.id, 'a.txt', freshBytes())
  await expect(world.download(world.anonymous, id)).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
})

test('a licence is for administrators only', async () => {
  const bundle = await world.addBundle('LICENSE')
  const { id } = await world.upload(bundle.id, 'license.txt', freshBytes())
  expect(await world.reading.policies.ofResources([bundle.id, id])).toEqual([])
  expect(await world.download(world.administrator, id)).toContain('bytes of')
})

test('a file counts as a change of its item', async () => {
  const bundle = await world.addBundle()
  const version = async () => (await world.reading.items.find(bundle.itemId))?.value.version
  expect(await version()).toBe(1)
  await world.upload(bundle.id, 'a.txt', freshBytes())
  expect(await version()).toBe(2)
})

test('uploads into one bundle at the same time all succeed, with sequence ids of their own', async () => {
  const bundle = await world.addBundle()
  const names = Array.from({ length: 12 }, (_, index) => `file-${index}.txt`)
  const sent = await Promise.all(names.map((name) => world.upload(bundle.id, name, freshBytes())))
  expect(sent.map(({ sequenceId }) => sequenceId).toSorted((a, b) => Number(a) - Number(b))).toEqual(
    names.map((_, index) => index + 1),
  )
  expect(await world.reading.bitstreams.orderOf(bundle.id)).toHaveLength(names.length)
})

test('new bytes keep the record; the old ones of a file without versions are released', async () => {
  const bundle = await world.addBundle()
  const before = await world.upload(bundle.id, 'a.txt', freshBytes())
  await world.unitOfWork((tx) => tx.datastreams.describe(before.id, { versionable: false }))
  const bytes = freshBytes()
  const replace = replaceFileContent(world)
  const after = await replace(world.administrator, { id: before.id, expected: 1, source: chunks(bytes) })
  expect(after).toMatchObject({ id: before.id, version: 2, sequenceId: 1, metadata: before.metadata })
  expect(await world.download(world.anonymous, before.id)).toBe(bytes)
  await world.workOff()
  const kept = await world.permanent()
  expect(kept).toContain(after.content.sha256)
  expect(kept).not.toContain(before.content.sha256)
  await expect(
    replace(world.administrator, { id: before.id, expected: 1, source: chunks(bytes) }),
  ).rejects.toMatchObject({ code: 'VERSION_CONFLICT' })
  await expect(
    replace(world.anonymous, { id: before.id, expected: 'any', source: chunks(bytes) }),
  ).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
})

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
