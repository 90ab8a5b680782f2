import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ANONYMOUS_GROUP, SYSTEM_ACTOR, type Actor } from '../../src/domain/access/actor.ts'
import type { Action } from '../../src/domain/access/policy.ts'
import { metadataValue } from '../../src/domain/metadata/metadata.ts'
import { parsePatch } from '../../src/domain/patch/parse-patch.ts'
import type { Collection, Community } from '../../src/domain/records/record.ts'
import { grantPolicy } from '../../src/services/access/grant-policy.ts'
import { deleteItemTemplate, patchItemTemplate } from '../../src/services/collections/change-item-template.ts'
import { createCollection } from '../../src/services/collections/create-collection.ts'
import { createItemTemplate } from '../../src/services/collections/create-item-template.ts'
import { deleteCollection } from '../../src/services/collections/delete-collection.ts'
import { listDefaultAccessConditions } from '../../src/services/collections/list-default-access-conditions.ts'
import { listMappedItems } from '../../src/services/collections/list-mapped-items.ts'
import {
  listCollections,
  listPermittedCollections,
  listSubmittableCollections,
} from '../../src/services/collections/list-collections.ts'
import { patchCollection } from '../../src/services/collections/patch-collection.ts'
import { readCollection } from '../../src/services/collections/read-collection.ts'
import {
  readItemTemplate,
  readTemplateOfCollection,
} from '../../src/services/collections/read-item-template.ts'
import { readLicense } from '../../src/services/collections/read-license.ts'
import { replaceCollection } from '../../src/services/collections/replace-collection.ts'
import { createCommunity } from '../../src/services/communities/create-community.ts'
import { createItem } from '../../src/services/items/create-item.ts'
import { mapItem } from '../../src/services/items/map-item.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

const PAGE = { number: 0, size: 100 }
const NOBODY = '00000000-0000-4000-8000-00000000dead'

let repository: TestRepository
let visitor: Actor
let member: Actor
let community: Community

beforeAll(async () => {
  repository = await testRepository()
  visitor = await repository.reading.actors.anonymous()
  member = await repository.actor(await repository.addPerson('member@example.org'))
  community = await createCommunity(repository)(SYSTEM_ACTOR, { parentId: null, metadata: {} })
})

afterAll(() => repository.stop())

const refusal = (code: string) => expect.objectContaining({ code })
const titled = (title: string) => ({ 'dc.title': [metadataValue(title)] })
const create = (title: string, extra = {}): Promise<Collection> =>
  createCollection(repository)(SYSTEM_ACTOR, {
    parentId: community.id,
    metadata: { ...titled(title), ...extra },
  })
const addItem = (collection: Collection) =>
  createItem(repository)(SYSTEM_ACTOR, { owningCollectionId: collection.id, metadata: {} })

let people = 0
/** A new person who may do one thing to one resource. */
async function somebody(action: Action, resourceId: string): Promise<Actor> {
  people += 1
  const personId = await repository.addPerson(`somebody${people}@example.org`)
  await grantPolicy(repository)(SYSTEM_ACTOR, { resourceId, action, to: { personId } })
  return repository.actor(personId)
}

describe('creating a collection', () => {
  test('opens it and, by default, its items and their files to everybody', async () => {
    const collection = await create('Maps')
    expect(collection).toMatchObject({ kind: 'collection', parentId: community.id, logoId: null })
    expect(collection.metadata['dc.identifier.uri']?.[0]?.value).toBe(
      `https://hdl.handle.net/${collection.handle}`,
    )
    expect(await readCollection(repository)(visitor, collection.id)).toEqual(collection)
    const policies = await repository.reading.policies.ofResources([collection.id])
    expect(policies.map(({ action, groupId }) => [action, groupId])).toEqual([
      ['READ', ANONYMOUS_GROUP],
      ['DEFAULT_ITEM_READ', ANONYMOUS_GROUP],
      ['DEFAULT_BITSTREAM_READ', ANONYMOUS_GROUP],
    ])
    const page = { number: 0, size: 20 }
    const conditions = await listDefaultAccessConditions(repository)(visitor, collection.id, page)
    expect(conditions).toMatchObject({ ...page, total: 1, elements: [{ action: 'DEFAULT_BITSTREAM_READ' }] })
  })

  test('is for whoever may add to the community', async () => {
    const make = createCollection(repository)
    const input = { parentId: community.id, metadata: {} }
    await expect(make(visitor, input)).rejects.toEqual(refusal('NOT_SIGNED_IN'))
    await expect(make(member, input)).rejects.toEqual(refusal('NOT_ALLOWED'))
    expect(await make(await somebody('ADD', community.id), input)).toMatchObject({ parentId: community.id })
    await expect(make(SYSTEM_ACTOR, { ...input, parentId: NOBODY })).rejects.toEqual(
      refusal('REFERENCE_INVALID'),
    )
    await expect(make(member, { ...input, parentId: NOBODY })).rejects.toEqual(refusal('NOT_ALLOWED'))
  })
})

test('a collection is changed by patch and as a whole, by its editors', async () => {
  const { id } = await create('Before')
  const editor = await somebody('WRITE', id)
  const patch = parsePatch([{ op: 'add', path: '/metadata/dc.description.abstract', value: 'About' }])
  const patched = await patchCollection(repository)(editor, { id, patch, expected: 1 })
  expect(patched.metadata['dc.description.abstract']).toEqual([metadataValue('About')])
  const whole = { id, metadata: titled('Whole'), expected: 1 }
  await expect(replaceCollection(repository)(editor, whole)).rejects.toEqual(refusal('VERSION_CONFLICT'))
  const replaced = await replaceCollection(repository)(editor, { ...whole, expected: 2 })
  expect(replaced).toMatchObject({ version: 3, metadata: titled('Whole') })
  await expect(replaceCollection(repository)(member, whole)).rejects.toEqual(refusal('NOT_ALLOWED'))
})

test('collections are listed by community, words, right and type of entity', async () => {
  const other = await createCommunity(repository)(SYSTEM_ACTOR, { parentId: null, metadata: {} })
  const theses = await create('Theses of Utrecht', { 'dspace.entity.type': [metadataValue('Publication')] })
  const data = await create('Data of Utrecht', { 'dspace.entity.type': [metadataValue('Dataset')] })
  const ids = (page: { elements: readonly Collection[] }) => page.elements.map(({ id }) => id)
  const words = 'utre'
  expect(ids(await listCollections(repository)(visitor, { words }, PAGE))).toEqual([data.id, theses.id])
  expect(ids(await listCollections(repository)(visitor, { communityId: other.id }, PAGE))).toEqual([])

  const submitter = await somebody('ADD', theses.id)
  const submittable = listSubmittableCollections(repository)
  expect(ids(await submittable(submitter, {}, PAGE))).toEqual([theses.id])
  expect(ids(await submittable(submitter, { communityId: community.id }, PAGE))).toEqual([theses.id])
  expect(ids(await submittable(submitter, { entityType: 'Dataset' }, PAGE))).toEqual([])
  expect(ids(await submittable(repository.administrator, { words, entityType: 'Dataset' }, PAGE))).toEqual([
    data.id,
  ])
  expect(ids(await submittable(visitor, {}, PAGE))).toEqual([])
  await expect(submittable(visitor, { communityId: NOBODY }, PAGE)).rejects.toEqual(refusal('NOT_FOUND'))

  const permitted = listPermittedCollections(repository)
  const ruler = await somebody('ADMIN', data.id)
  expect(ids(await permitted(ruler, { action: 'ADMIN' }, PAGE))).toEqual([data.id])
  expect(ids(await permitted(submitter, { action: 'WRITE' }, PAGE))).toEqual([])
  await expect(permitted(visitor, { action: 'WRITE' }, PAGE)).rejects.toEqual(refusal('NOT_SIGNED_IN'))
})

describe('deleting a collection', () => {
  test('deletes what it owns, wherever that is mapped, and keeps what was only mapped into it', async () => {
    const [doomed, other] = [await create('Doomed'), await create('Other')]
    const [own, mappedIn] = [await addItem(doomed), await addItem(other)]
    await mapItem(repository)(SYSTEM_ACTOR, { itemId: own.id, collectionIds: [other.id] })
    await mapItem(repository)(SYSTEM_ACTOR, { itemId: mappedIn.id, collectionIds: [doomed.id] })
    const mapped = async (id: string) =>
      (await listMappedItems(repository)(visitor, id, PAGE)).elements.map((item) => item.id)
    expect(await mapped(other.id)).toEqual([own.id])
    expect(await mapped(doomed.id)).toEqual([mappedIn.id])

    await deleteCollection(repository)(SYSTEM_ACTOR, { id: doomed.id, expected: 1 })
    expect(await repository.reading.items.find(own.id)).toBeUndefined()
    expect(await repository.reading.items.find(mappedIn.id)).toBeDefined()
    expect(await mapped(other.id)).toEqual([])
  })

  test('is not for its own administrators, but for those of its community', async () => {
    const { id } = await create('Kept')
    const remove = (actor: Actor) => deleteCollection(repository)(actor, { id, expected: 'any' })
    await expect(remove(await somebody('ADMIN', id))).rejects.toEqual(refusal('NOT_ALLOWED'))
    await remove(await somebody('ADMIN', community.id))
    await expect(remove(SYSTEM_ACTOR)).rejects.toEqual(refusal('NOT_FOUND'))
  })
})

describe('the template of a collection', () => {
  test('is made once, changed and deleted by whoever may edit the collection, and is in no list', async () => {
    const { id: collectionId } = await create('With template')
    const editor = await somebody('WRITE', collectionId)
    const metadata = { 'dc.type': [metadataValue('Journal Article', 'en')] }
    expect(await readTemplateOfCollection(repository)(editor, collectionId)).toBeUndefined()
    const template = await createItemTemplate(repository)(editor, { collectionId, metadata })
    expect(template).toMatchObject({
      metadata,
      templateOfId: collectionId,
      owningCollectionId: null,
      inArchive: false,
      discoverable: false,
    })
    expect(await readTemplateOfCollection(repository)(editor, collectionId)).toEqual(template)
    expect(await readItemTemplate(repository)(editor, template.id)).toEqual(template)
    await expect(createItemTemplate(repository)(editor, { collectionId, metadata })).rejects.toEqual(
      refusal('INVALID'),
    )
    const items = await repository.reading.items.list({ grants: { kind: 'everything' } }, PAGE)
    expect(items.elements.map(({ id }) => id)).not.toContain(template.id)

    const { id } = template
    const patch = parsePatch([{ op: 'replace', path: '/metadata/dc.type/0/value', value: 'Book' }])
    await expect(patchItemTemplate(repository)(member, { id, patch, expected: 1 })).rejects.toEqual(
      refusal('NOT_ALLOWED'),
    )
    const changed = await patchItemTemplate(repository)(editor, { id, patch, expected: 1 })
    expect(changed.metadata['dc.type']?.[0]?.value).toBe('Book')
    await expect(deleteItemTemplate(repository)(editor, { id, expected: 1 })).rejects.toEqual(
      refusal('VERSION_CONFLICT'),
    )
    await deleteItemTemplate(repository)(editor, { id, expected: 2 })
    await expect(readItemTemplate(repository)(editor, id)).rejects.toEqual(refusal('NOT_FOUND'))
  })

  test('is kept from readers, and no other item passes for one', async () => {
    const collection = await create('Closed template')
    await expect(readTemplateOfCollection(repository)(member, collection.id)).rejects.toEqual(
      refusal('NOT_ALLOWED'),
    )
    const item = await addItem(collection)
    await expect(readItemTemplate(repository)(SYSTEM_ACTOR, item.id)).rejects.toEqual(refusal('NOT_FOUND'))
    await expect(
      deleteItemTemplate(repository)(SYSTEM_ACTOR, { id: item.id, expected: 'any' }),
    ).rejects.toEqual(refusal('NOT_FOUND'))
  })
})

test('the licence is the collection’s own where it has one', async () => {
  const own = await create('Own licence', { 'dc.rights.license': [metadataValue('Ours')] })
  const blank = await create('Blank licence', { 'dc.rights.license': [metadataValue(' ')] })
  expect(await readLicense(repository)(visitor, own.id)).toEqual({ custom: true, text: 'Ours' })
  const { custom, text } = await readLicense(repository)(visitor, blank.id)
  expect(custom).toBe(false)
  expect(text).toContain('not exclusive')
})
