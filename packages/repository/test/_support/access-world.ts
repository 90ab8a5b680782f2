import { randomUUID } from 'node:crypto'
import { ADMINISTRATOR_GROUP, ANONYMOUS_GROUP } from '../../src/domain/access/actor.ts'
import { ACTIONS, type NewPolicy } from '../../src/domain/access/policy.ts'
import type { Transaction } from '../../src/domain/unit-of-work.ts'
import { chance, type Chance } from './random.ts'
import { NOW, type TestRepository } from './test-repository.ts'

export type ResourceKind = 'community' | 'collection' | 'item' | 'bundle' | 'bitstream'

/** Something that policies can be on. */
export interface Resource {
  readonly kind: ResourceKind
  readonly id: string
  /** What it lies in; null for a community at the top and an unfiled item. */
  readonly parentId: string | null
}

/** A generated repository: who and what there is, as plain facts. */
export interface World {
  readonly people: readonly string[]
  readonly groups: readonly string[]
  /** Group to the people directly in it. */
  readonly members: ReadonlyMap<string, readonly string[]>
  /** Group to the groups directly in it. */
  readonly subgroups: ReadonlyMap<string, readonly string[]>
  readonly resources: readonly Resource[]
  readonly policies: readonly NewPolicy[]
}

/** The days around which policies begin and end. */
export const DAYS = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'] as const

/** Fills a repository with people, nested groups, records and policies, the same for the same seed but for uuids. */
export async function generateWorld(
  repository: TestRepository,
  seed: number,
  size: { people: number; groups: number; resources: Record<ResourceKind, number>; policies: number },
): Promise<World> {
  const luck = chance(seed)
  const people: string[] = []
  for (let index = 0; index < size.people; index += 1) {
    people.push(await repository.addPerson(`seed${seed}-person${index}@example.org`))
  }
  return repository.unitOfWork(async (tx) => {
    const nesting = await generateGroups(tx, luck, people, { seed, count: size.groups })
    const resources = await generateResources(tx, luck, size.resources)
    const grantees = { people, groups: [ANONYMOUS_GROUP, ...nesting.groups] }
    const policies = Array.from({ length: size.policies }, () => generatePolicy(luck, grantees, resources))
    await tx.policies.insert(policies)
    return { people, ...nesting, resources, policies }
  })
}

async function generateGroups(
  tx: Transaction,
  luck: Chance,
  people: readonly string[],
  { seed, count }: { seed: number; count: number },
): Promise<Pick<World, 'groups' | 'members' | 'subgroups'>> {
  const groups: string[] = []
  const members = new Map<string, string[]>()
  const subgroups = new Map<string, string[]>()
  const base = { permanent: false, metadata: {}, version: 1, createdAt: NOW, modifiedAt: NOW }
  for (let index = 0; index < count; index += 1) {
    const id = randomUUID()
    await tx.groups.insert({ kind: 'group', id, name: `Seed ${seed} group ${index}`, ...base })
    const inside = people.filter(() => luck.happens(0.15))
    await tx.groups.addPeople(id, inside)
    members.set(id, inside)
    // Only earlier groups: nesting has no circles.
    const below = groups.filter(() => luck.happens(0.2))
    await tx.groups.addSubgroups(id, below)
    subgroups.set(id, below)
    groups.push(id)
  }
  const rulers = groups.slice(0, 1)
  await tx.groups.addSubgroups(ADMINISTRATOR_GROUP, rulers)
  subgroups.set(ADMINISTRATOR_GROUP, rulers)
  return { groups, members, subgroups }
}

async function generateResources(
  tx: Transaction,
  luck: Chance,
  counts: Record<ResourceKind, number>,
): Promise<readonly Resource[]> {
  const resources: Resource[] = []
  const anyOf = (kind: ResourceKind): string =>
    luck.of(resources.filter((resource) => resource.kind === kind)).id
  const content = { sha256: 'a'.repeat(64), md5: 'a'.repeat(32), size: 1, stagingName: null }
  await tx.contents.register(content)

  const insert: Record<ResourceKind, (id: string, index: number) => Promise<string | null>> = {
    async community(id, index) {
      const parentId = index < 2 || luck.happens(0.2) ? null : anyOf('community')
      await tx.communities.insert({
        kind: 'community',
        ...(await identified(tx, id)),
        parentId,
        logoId: null,
      })
      return parentId
    },
    async collection(id) {
      const parentId = anyOf('community')
      await tx.collections.insert({
        kind: 'collection',
        ...(await identified(tx, id)),
        parentId,
        logoId: null,
      })
      return parentId
    },
    async item(id, index) {
      // One is unfiled, one a template, the others are owned.
      const parentId = index === 0 ? null : anyOf('collection')
      const place =
        index === 1
          ? { owningCollectionId: null, templateOfId: parentId }
          : { owningCollectionId: parentId, templateOfId: null }
      const state = { submitterId: null, inArchive: true, withdrawn: false, discoverable: true }
      await tx.items.insert({ kind: 'item', ...(await identified(tx, id)), ...place, ...state })
      return parentId
    },
    async bundle(id) {
      const itemId = anyOf('item')
      await tx.bundles.insert({
        kind: 'bundle',
        ...plain(id),
        itemId,
        name: `BUNDLE ${id}`,
        primaryBitstreamId: null,
      })
      return itemId
    },
    async bitstream(id, index) {
      // The first is the logo of a collection.
      const bundleId = index === 0 ? null : anyOf('bundle')
      const bundleName = bundleId === null ? null : 'ORIGINAL'
      const file = { bundleId, bundleName, sequenceId: null, formatId: 1, content }
      await tx.bitstreams.insert({ kind: 'bitstream', ...plain(id), ...file })
      return bundleId ?? (await bearLogo(tx, anyOf('collection'), id))
    },
  }
  for (const kind of ['community', 'collection', 'item', 'bundle', 'bitstream'] as const) {
    for (let index = 0; index < counts[kind]; index += 1) {
      const id = randomUUID()
      resources.push({ kind, id, parentId: await insert[kind](id, index) })
    }
  }
  return resources
}

async function bearLogo(tx: Transaction, collectionId: string, logoId: string): Promise<string> {
  const found = await tx.collections.find(collectionId)
  if (found === undefined) throw new Error(`Collection ${collectionId} is gone`)
  await tx.collections.update({ ...found.value, logoId })
  return collectionId
}

function generatePolicy(
  luck: Chance,
  grantees: { people: readonly string[]; groups: readonly string[] },
  resources: readonly Resource[],
): NewPolicy {
  const toPerson = luck.happens(0.4)
  const action = luck.of(['READ', 'READ', 'READ', 'ADMIN', ...ACTIONS] as const)
  // Who administers a container is decided on the present day, so those policies stay clear of it.
  const days = action === 'ADMIN' ? (['2001-01-01', '2999-01-01'] as const) : DAYS
  const start = luck.happens(0.4) ? luck.of(days) : null
  const end = luck.happens(0.4) ? luck.of(days.filter((day) => start === null || day >= start)) : null
  return {
    resourceId: luck.of(resources).id,
    action,
    personId: toPerson ? luck.of(grantees.people) : null,
    groupId: toPerson ? null : luck.of(grantees.groups),
    startDate: start,
    endDate: end,
    name: null,
    description: null,
    origin: 'custom',
  }
}

function plain(id: string) {
  return { id, metadata: {}, version: 1, createdAt: NOW, modifiedAt: NOW }
}

async function identified(tx: Transaction, id: string) {
  return { ...plain(id), ...(await tx.identifiers.assign()) }
}
