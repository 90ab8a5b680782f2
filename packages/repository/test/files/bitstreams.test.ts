import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANONYMOUS_GROUP } from '../../src/domain/access/actor.ts'
import { groupPolicy } from '../../src/domain/access/policy.ts'
import { metadataValue } from '../../src/domain/metadata/metadata.ts'
import { parsePatch } from '../../src/domain/patch/parse-patch.ts'
import type { Bitstream } from '../../src/domain/records/record.ts'
import { createBundle } from '../../src/services/files/create-bundle.ts'
import { deleteBitstream, deleteBitstreams } from '../../src/services/files/delete-bitstreams.ts'
import { findBitstreamOfItem } from '../../src/services/files/find-bitstream-of-item.ts'
import { listBitstreams } from '../../src/services/files/list-bitstreams.ts'
import { moveBitstream } from '../../src/services/files/move-bitstream.ts'
import { openContent } from '../../src/services/files/open-content.ts'
import { patchBitstream } from '../../src/services/files/patch-bitstream.ts'
import { createPrimaryBitstream } from '../../src/services/files/primary-bitstream.ts'
import {
  readBitstreamAccessStatus,
  readItemAccessStatus,
} from '../../src/services/files/read-access-status.ts'
import { readBitstream } from '../../src/services/files/read-bitstream.ts'
import { readBitstreamThumbnail, readItemThumbnail } from '../../src/services/files/read-thumbnail.ts'
import { setFormat } from '../../src/services/files/set-format.ts'
import { fileWorld, freshBytes, type FileWorld } from '../_support/file-world.ts'

let world: FileWorld
beforeAll(async () => {
  world = await fileWorld()
})
afterAll(() => world.stop())

const NOBODY = '00000000-0000-4000-8000-00000000dead'
const PAGE = { number: 0, size: 20 }

/** A file that everybody may read from a day on. */
async function embargoed(startDate = '2030-01-01'): Promise<Bitstream & { readonly bundleId: string }> {
  const bundle = await world.addBundle()
  const file = await world.upload(bundle.id, 'secret.txt', freshBytes())
  const embargo = { ...groupPolicy(file.id, 'READ', ANONYMOUS_GROUP), startDate, origin: 'custom' as const }
  await world.unitOfWork(async (tx) => {
    await tx.policies.remove([file.id])
    await tx.policies.insert([embargo])
  })
  return { ...file, bundleId: bundle.id }
}

test('a file under embargo is listed and described, not opened', async () => {
  const file = await embargoed()
  const listed = await listBitstreams(world)(world.anonymous, file.bundleId, PAGE)
  expect(listed.elements.map(({ id }) => id)).toEqual([file.id])
  expect((await readBitstream(world)(world.anonymous, file.id)).id).toBe(file.id)
  await expect(openContent(world)(world.anonymous, file.id)).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
  const person = await world.actor(await world.addPerson('curious@example.org'))
  await expect(openContent(world)(person, file.id)).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  expect(await world.download(world.administrator, file.id)).toContain('bytes of')
  const later = { ...world, clock: () => new Date('2030-01-01T00:00:00Z') }
  const opened = await (await openContent(later)(world.anonymous, file.id)).open()
  expect((await opened.toArray()).length).toBeGreaterThan(0)
})

test('a file of a hidden item is not even described, though its bundle is open', async () => {
  const file = await embargoed()
  const itemId = (await world.reading.bundles.find(file.bundleId))?.value.itemId ?? ''
  await world.unitOfWork((tx) => tx.policies.remove([itemId]))
  await expect(readBitstream(world)(world.anonymous, file.id)).rejects.toMatchObject({
    code: 'NOT_SIGNED_IN',
  })
})

test('an open content survives its deletion, a later one does not', async () => {
  const bundle = await world.addBundle()
  const bytes = freshBytes()
  const { id } = await world.upload(bundle.id, 'a.txt', bytes)
  const file = await openContent(world)(world.anonymous, id)
  const stream = await file.open()
  await deleteBitstream(world)(world.administrator, { id, expected: 'any' })
  await world.workOff()
  expect((await stream.setEncoding('utf8').toArray()).join('')).toBe(bytes)
  await expect(file.open()).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('access status: open, embargo with its day, restricted, without files', async () => {
  const { anonymous } = world
  const status = (id: string) => readBitstreamAccessStatus(world)(anonymous, id)
  const ofItem = async (bundleId: string) => {
    const itemId = (await world.reading.bundles.find(bundleId))?.value.itemId ?? ''
    return readItemAccessStatus(world)(anonymous, itemId)
  }
  const bundle = await world.addBundle()
  expect(await ofItem(bundle.id)).toEqual({ status: 'metadata.only', embargoDate: null })
  const open = await world.upload(bundle.id, 'a.txt', freshBytes())
  expect(await status(open.id)).toEqual({ status: 'open.access', embargoDate: null })
  expect(await ofItem(bundle.id)).toEqual({ status: 'open.access', embargoDate: null })

  const later = await embargoed()
  expect(await status(later.id)).toEqual({ status: 'embargo', embargoDate: '2030-01-01' })
  expect(await ofItem(later.bundleId)).toEqual({ status: 'embargo', embargoDate: '2030-01-01' })
  const never = await embargoed('10000-01-01')
  expect(await status(never.id)).toEqual({ status: 'restricted', embargoDate: null })

  // The primary file decides for the item, not the first.
  const hidden = await world.upload(bundle.id, 'b.txt', freshBytes())
  await world.unitOfWork((tx) => tx.policies.remove([hidden.id]))
  const primary = { bundleId: bundle.id, bitstreamId: hidden.id, expected: 'any' as const }
  await createPrimaryBitstream(world)(world.administrator, primary)
  expect(await status(hidden.id)).toEqual({ status: 'restricted', embargoDate: null })
  expect(await ofItem(bundle.id)).toEqual({ status: 'restricted', embargoDate: null })
})

test('metadata are patched, and nothing else', async () => {
  const { id } = await world.upload((await world.addBundle()).id, 'a.txt', freshBytes())
  const patch = (operation: object, actor = world.administrator) =>
    patchBitstream(world)(actor, { id, patch: parsePatch([operation]), expected: 'any' })
  const description = { op: 'add', path: '/metadata/dc.description', value: [{ value: 'The data' }] }
  expect(await patch(description)).toMatchObject({
    version: 2,
    metadata: { 'dc.title': [metadataValue('a.txt')], 'dc.description': [metadataValue('The data')] },
  })
  await expect(patch({ op: 'replace', path: '/sequenceId', value: 7 })).rejects.toMatchObject({
    code: 'PATCH_INVALID',
  })
  await expect(patch({ ...description, path: '/metadata/no.field' })).rejects.toMatchObject({
    code: 'FIELD_UNKNOWN',
  })
  await expect(patch(description, world.anonymous)).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
  const stale = { id, patch: parsePatch([description]), expected: 1 }
  await expect(patchBitstream(world)(world.administrator, stale)).rejects.toMatchObject({
    code: 'VERSION_CONFLICT',
    data: { actual: 2 },
  })
})

test('another format takes what dc.format said with it', async () => {
  const { id } = await world.upload((await world.addBundle()).id, 'a.none', freshBytes())
  const value = [{ value: 'Something of mine' }]
  const patch = parsePatch([{ op: 'add', path: '/metadata/dc.format', value }])
  await patchBitstream(world)(world.administrator, { id, patch, expected: 'any' })
  const pdf = await world.reading.formats.guess('application/pdf', undefined)
  const set = (formatId: number) => setFormat(world)(world.administrator, { id, formatId, expected: 'any' })
  expect(await set(pdf?.id ?? 0)).toMatchObject({
    formatId: pdf?.id,
    metadata: { 'dc.title': [metadataValue('a.none')] },
  })
  expect((await readBitstream(world)(world.anonymous, id)).metadata).not.toHaveProperty('dc.format')
  await expect(set(4711)).rejects.toMatchObject({ code: 'REFERENCE_INVALID' })
})

test('several files are deleted, or none of them', async () => {
  const bundle = await world.addBundle()
  const ids = [
    (await world.upload(bundle.id, 'a', freshBytes())).id,
    (await world.upload(bundle.id, 'b', freshBytes())).id,
  ]
  const left = () => world.reading.bitstreams.orderOf(bundle.id)
  const remove = deleteBitstreams(world)
  await expect(remove(world.administrator, [...ids, NOBODY])).rejects.toMatchObject({
    code: 'NOT_FOUND',
    data: { id: NOBODY },
  })
  await expect(remove(world.anonymous, ids)).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
  expect(await left()).toEqual(ids)
  await remove(world.administrator, [...ids, ...ids])
  expect(await left()).toEqual([])
})

test('a logo is deleted with what it is the logo of, not by itself', async () => {
  const file = await world.upload((await world.addBundle()).id, 'a', freshBytes())
  const logoId = '00000000-0000-4000-8000-000000001090'
  await world.unitOfWork(async (tx) => {
    await tx.bitstreams.insert({ ...file, id: logoId, bundleId: null, bundleName: null, sequenceId: null })
    const found = await tx.collections.find(world.collectionId)
    if (found === undefined) throw new Error('The collection is gone')
    await tx.collections.update({ ...found.value, logoId })
  })
  const remove = { id: logoId, expected: 'any' as const }
  await expect(deleteBitstream(world)(world.administrator, remove)).rejects.toMatchObject({ code: 'INVALID' })
  await expect(deleteBitstreams(world)(world.administrator, [file.id, logoId])).rejects.toMatchObject({
    code: 'INVALID',
  })
  expect((await readBitstream(world)(world.anonymous, logoId)).id).toBe(logoId)
  const move = { ...remove, bundleId: file.bundleId ?? '' }
  await expect(moveBitstream(world)(world.administrator, move)).rejects.toMatchObject({ code: 'INVALID' })
})

test('a file moves behind the others of another bundle of its item', async () => {
  const source = await world.addBundle()
  const target = await createBundle(world)(world.administrator, { itemId: source.itemId, name: 'ARCHIVE' })
  const first = await world.upload(target.id, 'a', freshBytes())
  const file = await world.upload(source.id, 'b', freshBytes())
  const primary = { bundleId: source.id, bitstreamId: file.id, expected: 'any' as const }
  await createPrimaryBitstream(world)(world.administrator, primary)
  const move = (bundleId: string, actor = world.administrator) =>
    moveBitstream(world)(actor, { id: file.id, bundleId, expected: 'any' })

  await expect(move(NOBODY)).rejects.toMatchObject({ code: 'REFERENCE_INVALID' })
  await expect(move((await world.addBundle()).id)).rejects.toMatchObject({ code: 'REFERENCE_INVALID' })
  await expect(move(source.id)).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(move(target.id, world.anonymous)).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
  const moved = await move(target.id)
  expect(moved).toMatchObject({ bundleId: target.id, bundleName: 'ARCHIVE', sequenceId: file.sequenceId })
  expect(await world.reading.bitstreams.orderOf(target.id)).toEqual([first.id, file.id])
  expect((await world.reading.bundles.find(source.id))?.value.primaryBitstreamId).toBeNull()
  expect(await world.download(world.anonymous, file.id)).toContain('bytes of')
})

test('an embargo outlasts a move', async () => {
  const file = await embargoed()
  const itemId = (await world.reading.bundles.find(file.bundleId))?.value.itemId ?? ''
  const target = await createBundle(world)(world.administrator, { itemId, name: 'ARCHIVE' })
  await moveBitstream(world)(world.administrator, { id: file.id, bundleId: target.id, expected: 'any' })
  await expect(world.download(world.anonymous, file.id)).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
  const hidden = await createBundle(world)(world.administrator, { itemId, name: 'LICENSE' })
  await moveBitstream(world)(world.administrator, { id: file.id, bundleId: hidden.id, expected: 'any' })
  expect(await world.reading.policies.ofResources([file.id])).toEqual([])
})

test('a file is found by its item’s handle and its sequence id or name', async () => {
  const bundle = await world.addBundle()
  const file = await world.upload(bundle.id, 'a.txt', freshBytes())
  const handle = (await world.reading.items.find(bundle.itemId))?.value.handle ?? ''
  const find = findBitstreamOfItem(world)
  const { anonymous } = world
  expect((await find(anonymous, { handle, sequenceId: 1 }))?.id).toBe(file.id)
  expect((await find(anonymous, { handle, name: 'a.txt' }))?.id).toBe(file.id)
  expect((await find(anonymous, { handle, sequenceId: 9, name: 'a.txt' }))?.id).toBe(file.id)
  expect(await find(anonymous, { handle, sequenceId: 9 })).toBeNull()
  await expect(find(anonymous, { handle })).rejects.toMatchObject({ code: 'INVALID' })
  await expect(find(anonymous, { handle: 'no/handle', sequenceId: 1 })).rejects.toMatchObject({
    code: 'REFERENCE_INVALID',
  })
  await world.unitOfWork((tx) => tx.policies.remove([bundle.id, file.id]))
  await expect(find(anonymous, { handle, sequenceId: 1 })).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
})

test('the thumbnail of a file is the one named after it, and that of the item the primary file’s', async () => {
  const original = await world.addBundle()
  const pictures = await createBundle(world)(world.administrator, {
    itemId: original.itemId,
    name: 'THUMBNAIL',
  })
  const first = await world.upload(original.id, 'a.pdf', freshBytes())
  const second = await world.upload(original.id, 'b.pdf', freshBytes())
  expect(await readItemThumbnail(world)(world.anonymous, original.itemId)).toBeNull()
  const ofFirst = await world.upload(pictures.id, 'a.pdf.jpg', freshBytes())
  const ofSecond = await world.upload(pictures.id, 'b.pdf.jpg', freshBytes())
  const ofFile = async (id: string) => (await readBitstreamThumbnail(world)(world.anonymous, id))?.id
  const ofItem = async () => (await readItemThumbnail(world)(world.anonymous, original.itemId))?.id
  expect(await ofFile(first.id)).toBe(ofFirst.id)
  expect(await ofFile(second.id)).toBe(ofSecond.id)
  expect(await ofItem()).toBe(ofFirst.id)
  const primary = { bundleId: original.id, bitstreamId: second.id, expected: 'any' as const }
  await createPrimaryBitstream(world)(world.administrator, primary)
  expect(await ofItem()).toBe(ofSecond.id)
  await world.unitOfWork((tx) => tx.policies.remove([ofSecond.id]))
  expect(await ofFile(second.id)).toBeUndefined()
  await expect(readItemThumbnail(world)(world.anonymous, NOBODY)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
