import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANONYMOUS_GROUP } from '../../src/domain/access/actor.ts'
import { groupPolicy } from '../../src/domain/access/policy.ts'
import { metadataValue } from '../../src/domain/metadata/metadata.ts'
import { parsePatch } from '../../src/domain/patch/parse-patch.ts'
import { createBundle } from '../../src/services/files/create-bundle.ts'
import { deleteBundle } from '../../src/services/files/delete-bundle.ts'
import { listBundles } from '../../src/services/files/list-bundles.ts'
import { patchBundle } from '../../src/services/files/patch-bundle.ts'
import {
  changePrimaryBitstream,
  createPrimaryBitstream,
  readPrimaryBitstream,
  removePrimaryBitstream,
} from '../../src/services/files/primary-bitstream.ts'
import { readBundle } from '../../src/services/files/read-bundle.ts'
import { fileWorld, freshBytes, type FileWorld } from '../_support/file-world.ts'

let world: FileWorld
beforeAll(async () => {
  world = await fileWorld()
})
afterAll(() => world.stop())

const PAGE = { number: 0, size: 20 }
const patch = (id: string, operations: readonly object[]) =>
  patchBundle(world)(world.administrator, { id, patch: parsePatch(operations), expected: 'any' })
const move = (from: number, to: number) => ({
  op: 'move',
  from: `/_links/bitstreams/${from}/href`,
  path: `/_links/bitstreams/${to}/href`,
})

test('a bundle is made with its name as title, and whoever reads the item reads it', async () => {
  const { id: itemId } = await world.addItem()
  const metadata = { 'dc.description': [metadataValue('The files')] }
  const input = { itemId, name: 'ORIGINAL', metadata }
  const bundle = await createBundle(world)(world.administrator, input)
  expect(bundle).toMatchObject({ name: 'ORIGINAL', version: 1, primaryBitstreamId: null })
  expect(bundle.metadata).toEqual({ ...metadata, 'dc.title': [metadataValue('ORIGINAL')] })
  expect(await readBundle(world)(world.anonymous, bundle.id)).toEqual(bundle)
  expect((await listBundles(world)(world.anonymous, itemId, PAGE)).elements).toEqual([bundle])
})

test('a bundle takes over all rights on its item but ADMIN', async () => {
  const item = await world.addItem()
  const personId = await world.addPerson('adder@example.org')
  const right = (action: 'ADD' | 'WRITE' | 'ADMIN') => ({
    ...groupPolicy(item.id, action, ''),
    groupId: null,
    personId,
    origin: 'custom' as const,
  })
  await world.unitOfWork((tx) => tx.policies.insert([right('ADD'), right('WRITE'), right('ADMIN')]))
  const person = await world.actor(personId)
  const bundle = await createBundle(world)(person, { itemId: item.id, name: 'ORIGINAL' })
  const policies = await world.reading.policies.ofResources([bundle.id])
  expect(policies.map(({ action, origin }) => `${origin} ${action}`)).toEqual([
    'inherited READ',
    'custom ADD',
    'custom WRITE',
  ])
})

test('what no bundle can be is refused', async () => {
  const { id: itemId } = await world.addItem()
  const create = createBundle(world)
  await create(world.administrator, { itemId, name: 'ORIGINAL' })
  const refused = (name: string, metadata = {}) => create(world.administrator, { itemId, name, metadata })
  await expect(refused('ORIGINAL')).rejects.toMatchObject({ code: 'CONFLICT', data: { field: 'name' } })
  await expect(refused(' ')).rejects.toMatchObject({ code: 'INVALID', data: { field: 'name' } })
  await expect(refused('A', { 'no.field': [] })).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' })
  await expect(create(world.anonymous, { itemId, name: 'A' })).rejects.toMatchObject({
    code: 'NOT_SIGNED_IN',
  })
  const nowhere = { itemId: '00000000-0000-4000-8000-00000000dead', name: 'A' }
  await expect(create(world.administrator, nowhere)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('of several made at the same time with one name, one is made', async () => {
  const six = <T>(work: () => Promise<T>) => Promise.allSettled(Array.from({ length: 6 }, work))
  // Opens six connections first, so that all begin at the same moment.
  await six(() => world.unitOfWork((tx) => tx.lock('all')))
  for (let round = 0; round < 5; round += 1) {
    const { id: itemId } = await world.addItem()
    const input = { itemId, name: 'ORIGINAL' }
    const outcomes = await six(() => createBundle(world)(world.administrator, input))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await listBundles(world)(world.administrator, itemId, PAGE)).total).toBe(1)
  }
})

test('a hidden bundle is neither read nor listed', async () => {
  const bundle = await world.addBundle()
  await world.unitOfWork((tx) => tx.policies.remove([bundle.id]))
  await expect(readBundle(world)(world.anonymous, bundle.id)).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
  expect((await listBundles(world)(world.anonymous, bundle.itemId, PAGE)).total).toBe(0)
  expect((await listBundles(world)(world.administrator, bundle.itemId, PAGE)).total).toBe(1)
  await world.unitOfWork((tx) => tx.policies.remove([bundle.itemId]))
  await expect(listBundles(world)(world.anonymous, bundle.itemId, PAGE)).rejects.toMatchObject({
    code: 'NOT_SIGNED_IN',
  })
})

test('files are put in another order, one move after the other', async () => {
  const bundle = await world.addBundle()
  const [a, b, c] = [
    (await world.upload(bundle.id, 'a', freshBytes())).id,
    (await world.upload(bundle.id, 'b', freshBytes())).id,
    (await world.upload(bundle.id, 'c', freshBytes())).id,
  ]
  const order = () => world.reading.bitstreams.orderOf(bundle.id)
  expect((await patch(bundle.id, [move(2, 0)])).version).toBe(2)
  expect(await order()).toEqual([c, a, b])
  await patch(bundle.id, [move(0, 2), move(0, 1)])
  expect(await order()).toEqual([b, a, c])

  await expect(patch(bundle.id, [move(0, 1), move(0, 3)])).rejects.toMatchObject({
    code: 'PATCH_PATH_MISSING',
  })
  const strange = { ...move(0, 1), from: '/_links/bitstreams/first/href' }
  await expect(patch(bundle.id, [strange])).rejects.toMatchObject({ code: 'PATCH_INVALID' })
  await expect(patch(bundle.id, [{ op: 'remove', path: '/_links/bitstreams/0/href' }])).rejects.toMatchObject(
    {
      code: 'PATCH_INVALID',
      operation: 0,
    },
  )
  expect(await order()).toEqual([b, a, c])
  await expect(
    patchBundle(world)(world.anonymous, { id: bundle.id, patch: parsePatch([move(0, 1)]), expected: 'any' }),
  ).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
})

test('the title is the name, and stays a free one', async () => {
  const bundle = await world.addBundle()
  await createBundle(world)(world.administrator, { itemId: bundle.itemId, name: 'TEXT' })
  const rename = (value: string) =>
    patch(bundle.id, [{ op: 'replace', path: '/metadata/dc.title/0/value', value }])
  expect((await rename('FILES')).name).toBe('FILES')
  expect((await readBundle(world)(world.anonymous, bundle.id)).name).toBe('FILES')
  await expect(rename('TEXT')).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(patch(bundle.id, [{ op: 'remove', path: '/metadata/dc.title' }])).rejects.toMatchObject({
    code: 'INVALID',
  })
  await expect(
    patch(bundle.id, [{ op: 'add', path: '/metadata/no.field', value: [{ value: 'x' }] }]),
  ).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' })
})

test('a bundle goes with its files', async () => {
  const bundle = await world.addBundle()
  const { id } = await world.upload(bundle.id, 'a', freshBytes())
  const input = { id: bundle.id, expected: bundle.version }
  await expect(deleteBundle(world)(world.anonymous, input)).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
  await expect(deleteBundle(world)(world.administrator, { ...input, expected: 7 })).rejects.toMatchObject({
    code: 'VERSION_CONFLICT',
  })
  await deleteBundle(world)(world.administrator, input)
  expect(await world.reading.bitstreams.find(id)).toBeUndefined()
  await expect(deleteBundle(world)(world.administrator, input)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('the primary file is made, changed and removed', async () => {
  const bundle = await world.addBundle()
  const first = await world.upload(bundle.id, 'a', freshBytes())
  const second = await world.upload(bundle.id, 'b', freshBytes())
  const stranger = await world.upload((await world.addBundle()).id, 'c', freshBytes())
  const at = (bitstreamId: string) => ({ bundleId: bundle.id, bitstreamId, expected: 'any' as const })
  const { administrator, anonymous } = world
  const primary = async () => (await readPrimaryBitstream(world)(anonymous, bundle.id))?.id

  expect(await primary()).toBeUndefined()
  const tooEarly = changePrimaryBitstream(world)(administrator, at(first.id))
  await expect(tooEarly).rejects.toMatchObject({ code: 'CONFLICT' })
  const foreign = createPrimaryBitstream(world)(administrator, at(stranger.id))
  await expect(foreign).rejects.toMatchObject({ code: 'REFERENCE_INVALID' })
  expect((await createPrimaryBitstream(world)(administrator, at(first.id))).version).toBe(2)
  expect(await primary()).toBe(first.id)
  const again = createPrimaryBitstream(world)(administrator, at(second.id))
  await expect(again).rejects.toMatchObject({ code: 'CONFLICT' })
  await changePrimaryBitstream(world)(administrator, at(second.id))
  expect(await primary()).toBe(second.id)
  const remove = { bundleId: bundle.id, expected: 'any' as const }
  await expect(removePrimaryBitstream(world)(anonymous, remove)).rejects.toMatchObject({
    code: 'NOT_SIGNED_IN',
  })
  await removePrimaryBitstream(world)(administrator, remove)
  expect(await primary()).toBeUndefined()
  await expect(removePrimaryBitstream(world)(administrator, remove)).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  expect(await world.reading.bitstreams.orderOf(bundle.id)).toEqual([first.id, second.id])
})

test('a withdrawn item shows its bundles to nobody but those who may read it', async () => {
  const bundle = await world.addBundle()
  await world.unitOfWork(async (tx) => {
    const item = await tx.items.find(bundle.itemId)
    if (item === undefined) throw new Error('The item is gone')
    await tx.items.update({ ...item.value, withdrawn: true, inArchive: false })
    await tx.policies.switchAction([bundle.itemId, bundle.id], 'READ', 'WITHDRAWN_READ')
  })
  expect((await listBundles(world)(world.anonymous, bundle.itemId, PAGE)).total).toBe(0)
  const { id } = await world.upload(bundle.id, 'late.txt', freshBytes())
  await expect(world.download(world.anonymous, id)).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
  const policies = await world.reading.policies.ofResources([id])
  expect(policies).toMatchObject([{ action: 'WITHDRAWN_READ', groupId: ANONYMOUS_GROUP }])
})
