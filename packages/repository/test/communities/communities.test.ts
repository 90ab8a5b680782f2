import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SYSTEM_ACTOR, type Actor } from '../../src/domain/access/actor.ts'
import type { Action } from '../../src/domain/access/policy.ts'
import { metadataValue } from '../../src/domain/metadata/metadata.ts'
import { parsePatch } from '../../src/domain/patch/parse-patch.ts'
import { grantPolicy } from '../../src/services/access/grant-policy.ts'
import { createRoleGroup } from '../../src/services/access/create-role-group.ts'
import { createCollection } from '../../src/services/collections/create-collection.ts'
import { createCommunity } from '../../src/services/communities/create-community.ts'
import { deleteCommunity } from '../../src/services/communities/delete-community.ts'
import { listCommunities, listPermittedCommunities } from '../../src/services/communities/list-communities.ts'
import { patchCommunity } from '../../src/services/communities/patch-community.ts'
import { readCommunity } from '../../src/services/communities/read-community.ts'
import { replaceCommunity } from '../../src/services/communities/replace-community.ts'
import { createItem } from '../../src/services/items/create-item.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

const PAGE = { number: 0, size: 100 }
const NOBODY = '00000000-0000-4000-8000-00000000dead'

let repository: TestRepository
let visitor: Actor
let member: Actor

beforeAll(async () => {
  repository = await testRepository()
  visitor = await repository.reading.actors.anonymous()
  member = await repository.actor(await repository.addPerson('member@example.org'))
})

afterAll(() => repository.stop())

const refusal = (code: string) => expect.objectContaining({ code })
const titled = (title: string) => ({ 'dc.title': [metadataValue(title)] })
const create = (actor: Actor, title: string, parentId: string | null = null) =>
  createCommunity(repository)(actor, { parentId, metadata: titled(title) })

let people = 0
/** A new person who may do one thing to one resource. */
async function somebody(action: Action, resourceId: string): Promise<Actor> {
  people += 1
  const personId = await repository.addPerson(`somebody${people}@example.org`)
  await grantPolicy(repository)(SYSTEM_ACTOR, { resourceId, action, to: { personId } })
  return repository.actor(personId)
}

describe('creating a community', () => {
  test('gives it identifiers, its address, and lets everybody read it', async () => {
    const community = await create(repository.administrator, 'Physics')
    expect(community).toMatchObject({ kind: 'community', parentId: null, logoId: null, version: 1 })
    expect(community.handle).toMatch(/^123456789\/\d+$/)
    expect(community.metadata['dc.identifier.uri']?.map(({ value }) => value)).toEqual([
      `https://hdl.handle.net/${community.handle}`,
    ])
    expect(await readCommunity(repository)(visitor, community.id)).toEqual(community)
  })

  test('at the top is for administrators', async () => {
    await expect(create(visitor, 'Top')).rejects.toEqual(refusal('NOT_SIGNED_IN'))
    await expect(create(member, 'Top')).rejects.toEqual(refusal('NOT_ALLOWED'))
  })

  test('within another one is for whoever may add to that', async () => {
    const parent = await create(repository.administrator, 'Parent')
    await expect(create(member, 'Child', parent.id)).rejects.toEqual(refusal('NOT_ALLOWED'))
    const child = await create(await somebody('ADD', parent.id), 'Child', parent.id)
    expect(child.parentId).toBe(parent.id)
    const grandchild = await create(await somebody('ADMIN', parent.id), 'Grandchild', child.id)
    expect(grandchild.parentId).toBe(child.id)
  })

  test('names an unknown parent to administrators alone', async () => {
    await expect(create(repository.administrator, 'x', NOBODY)).rejects.toEqual(refusal('REFERENCE_INVALID'))
    await expect(create(member, 'x', NOBODY)).rejects.toEqual(refusal('NOT_ALLOWED'))
  })

  test('refuses an unknown field and a taken handle', async () => {
    const make = createCommunity(repository)
    const metadata = { 'dc.nonsense': [metadataValue('x')] }
    await expect(make(repository.administrator, { parentId: null, metadata })).rejects.toEqual(
      refusal('FIELD_UNKNOWN'),
    )
    const { handle } = await make(repository.administrator, {
      parentId: null,
      metadata: {},
      identifiers: { handle: '1721.1/7' },
    })
    expect(handle).toBe('1721.1/7')
    await expect(
      make(repository.administrator, { parentId: null, metadata: {}, identifiers: { handle } }),
    ).rejects.toEqual(refusal('CONFLICT'))
  })
})

describe('changing a community', () => {
  test('by patch and as a whole, over the version expected', async () => {
    const { id } = await create(repository.administrator, 'Before')
    const editor = await somebody('WRITE', id)
    const patch = parsePatch([{ op: 'replace', path: '/metadata/dc.title/0/value', value: 'After' }])
    const patched = await patchCommunity(repository)(editor, { id, patch, expected: 1 })
    expect(patched).toMatchObject({ version: 2, metadata: titled('After') })
    await expect(patchCommunity(repository)(editor, { id, patch, expected: 1 })).rejects.toEqual(
      refusal('VERSION_CONFLICT'),
    )
    const replaced = await replaceCommunity(repository)(editor, {
      id,
      metadata: titled('Whole'),
      expected: 'any',
    })
    expect(replaced.metadata).toEqual(titled('Whole'))
    expect(await readCommunity(repository)(visitor, id)).toEqual(replaced)
  })

  test('is refused without the right, and changes nothing when one operation fails', async () => {
    const before = await create(repository.administrator, 'Fixed')
    const patch = parsePatch([
      { op: 'replace', path: '/metadata/dc.title/0/value', value: 'Changed' },
      { op: 'add', path: '/metadata/dc.nonsense/0', value: 'x' },
    ])
    const input = { id: before.id, patch, expected: 'any' } as const
    await expect(patchCommunity(repository)(visitor, input)).rejects.toEqual(refusal('NOT_SIGNED_IN'))
    await expect(patchCommunity(repository)(member, input)).rejects.toEqual(refusal('NOT_ALLOWED'))
    await expect(patchCommunity(repository)(repository.administrator, input)).rejects.toEqual(
      refusal('FIELD_UNKNOWN'),
    )
    expect(await readCommunity(repository)(visitor, before.id)).toEqual(before)
    await expect(patchCommunity(repository)(member, { ...input, id: NOBODY })).rejects.toEqual(
      refusal('NOT_FOUND'),
    )
  })
})

describe('lists of communities', () => {
  test('at the top, within one, and by the beginnings of words', async () => {
    const top = await create(repository.administrator, 'Zoology department')
    const child = await create(repository.administrator, 'Zoologists of the deep', top.id)
    const list = async (query: Parameters<ReturnType<typeof listCommunities>>[1]) =>
      (await listCommunities(repository)(visitor, query, PAGE)).elements.map(({ id }) => id)
    expect(await list({ scope: 'all', words: 'zool' })).toEqual([child.id, top.id])
    expect(await list({ scope: 'top', words: 'zool' })).toEqual([top.id])
    expect(await list({ scope: { within: top.id } })).toEqual([child.id])
    expect(await list({ scope: 'all', words: 'zool deep' })).toEqual([child.id])
    expect(await list({ scope: 'all', words: '...' })).toEqual([])
    await expect(list({ scope: { within: NOBODY } })).rejects.toEqual(refusal('NOT_FOUND'))
  })

  test('of what a person may administer, edit or add to reach down the tree', async () => {
    const top = await create(repository.administrator, 'Ruled')
    const child = await create(repository.administrator, 'Ruled child', top.id)
    const may = async (actor: Actor, action: 'ADMIN' | 'WRITE' | 'ADD') =>
      (await listPermittedCommunities(repository)(actor, { action }, PAGE)).elements.map(({ id }) => id)
    const ruler = await somebody('ADMIN', top.id)
    expect(await may(ruler, 'ADMIN')).toEqual([top.id, child.id])
    expect(await may(ruler, 'WRITE')).toEqual([top.id, child.id])
    const helper = await somebody('ADD', child.id)
    expect(await may(helper, 'ADD')).toEqual([child.id])
    expect(await may(helper, 'ADMIN')).toEqual([])
    await expect(may(visitor, 'ADD')).rejects.toEqual(refusal('NOT_SIGNED_IN'))
  })
})

describe('deleting a community', () => {
  test('takes everything below it along, with the groups that had roles there', async () => {
    const top = await create(repository.administrator, 'Doomed')
    const child = await create(repository.administrator, 'Doomed child', top.id)
    const collection = await createCollection(repository)(SYSTEM_ACTOR, { parentId: child.id, metadata: {} })
    const item = await createItem(repository)(SYSTEM_ACTOR, {
      owningCollectionId: collection.id,
      metadata: {},
    })
    const admins = await createRoleGroup(repository)(SYSTEM_ACTOR, { of: child, role: 'admin', metadata: {} })
    const submitters = await createRoleGroup(repository)(SYSTEM_ACTOR, {
      of: collection,
      role: 'submit',
      metadata: {},
    })

    await deleteCommunity(repository)(repository.administrator, { id: top.id, expected: 1 })
    const { finder, groups, policies } = repository.reading
    for (const id of [top.id, child.id, collection.id, item.id])
      expect(await finder.byUuid(id)).toBeUndefined()
    for (const id of [admins.id, submitters.id]) expect(await groups.find(id)).toBeUndefined()
    expect(await policies.ofResources([top.id, child.id, collection.id, item.id])).toEqual([])
  })

  test('is for those above it, and whoever holds DELETE on it', async () => {
    const top = await create(repository.administrator, 'Kept')
    const child = await create(repository.administrator, 'Kept child', top.id)
    const remove = (actor: Actor, id: string) => deleteCommunity(repository)(actor, { id, expected: 'any' })
    await expect(remove(visitor, child.id)).rejects.toEqual(refusal('NOT_SIGNED_IN'))
    await expect(remove(await somebody('ADMIN', child.id), child.id)).rejects.toEqual(refusal('NOT_ALLOWED'))
    await expect(remove(await somebody('WRITE', child.id), child.id)).rejects.toEqual(refusal('NOT_ALLOWED'))
    await remove(await somebody('DELETE', child.id), child.id)
    const second = await create(repository.administrator, 'Kept second child', top.id)
    const ruler = await somebody('ADMIN', top.id)
    await remove(ruler, second.id)
    await remove(ruler, top.id)
    expect(await repository.reading.communities.find(top.id)).toBeUndefined()
  })

  test('and creating below it at the same time leaves either both or neither', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await create(repository.administrator, 'Contested')
      const [removed, added] = await Promise.allSettled([
        deleteCommunity(repository)(SYSTEM_ACTOR, { id, expected: 'any' }),
        create(SYSTEM_ACTOR, 'Child', id),
      ])
      expect(removed.status).toBe('fulfilled')
      // Whoever came too late learns that the parent is gone; whoever came in time went with it.
      const outcome =
        added.status === 'rejected'
          ? { code: (added.reason as { code?: unknown }).code }
          : { left: await repository.reading.communities.find(added.value.id) }
      expect([{ code: 'REFERENCE_INVALID' }, { left: undefined }]).toContainEqual(outcome)
    }
  })
})
