import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../src/domain/access/actor.ts'
import { allows, type AccessFacts } from '../src/domain/access/allows.ts'
import { grantsOf, type Grants } from '../src/domain/access/grants.ts'
import { ACTIONS } from '../src/domain/access/policy.ts'
import type { Reading } from '../src/domain/unit-of-work.ts'
import { accessOracle } from './_support/access-oracle.ts'
import { DAYS, generateWorld, type ResourceKind, type World } from './_support/access-world.ts'
import { testRepository, type TestRepository } from './_support/test-repository.ts'

const SIZE = {
  people: 8,
  groups: 8,
  resources: { community: 7, collection: 8, item: 25, bundle: 30, bitstream: 40 },
  policies: 220,
}
const EVERYTHING = { number: 0, size: 1000 }

let repository: TestRepository

beforeAll(async () => {
  repository = await testRepository()
})

afterAll(() => repository.stop())

/** One world after the other in the same database: each list is also full of records of the worlds before. */
describe.each([11, 22, 33])('the rule of access, seed %i', (seed) => {
  let world: World
  let actors: readonly Actor[]
  let facts: ReadonlyMap<string, AccessFacts>

  beforeAll(async () => {
    world = await generateWorld(repository, seed, SIZE)
    const people = await Promise.all(world.people.map((id) => repository.actor(id)))
    const bearers = people.map((person, index): Actor => ({
      ...person,
      scope: index % 2 === 0 ? 'read' : 'write',
    }))
    actors = [await repository.reading.actors.anonymous(), ...people, ...bearers]
    facts = await factsOf(repository.reading, world)
  })

  test('says the same of single records as the generated facts do', () => {
    const oracle = accessOracle(world)
    const count = { allowed: 0, denied: 0 }
    const wrong: string[] = []
    for (const actor of actors) {
      for (const action of ACTIONS) {
        for (const today of DAYS) {
          for (const resource of world.resources) {
            const allowed = allows(actor, action, factOf(facts, resource.id), today)
            const agreed = allowed === oracle(actor, action, resource, today)
            if (!agreed) wrong.push(`${nameOf(actor)} ${action} ${resource.kind} ${resource.id} on ${today}`)
            count[allowed ? 'allowed' : 'denied'] += 1
          }
        }
      }
    }
    expect(wrong).toEqual([])
    // Neither answer is so rare that agreement would be chance.
    expect(Math.min(count.allowed, count.denied)).toBeGreaterThan(1000)
  })

  test.each(['community', 'collection', 'item', 'bundle', 'bitstream'] as const)(
    'lists of every %s kind hold exactly what single records allow',
    async (kind) => {
      const ids = world.resources.filter((resource) => resource.kind === kind).map(({ id }) => id)
      let partial = 0
      for (const actor of actors) {
        for (const action of ACTIONS) {
          for (const today of DAYS) {
            const allowed = ids.filter((id) => allows(actor, action, factOf(facts, id), today))
            const grants = grantsOf(actor, action, today)
            const found = await foundBy(repository.reading, kind, ids, grants)
            expect(found.toSorted(), `${nameOf(actor)} ${action} on ${today}`).toEqual(allowed.toSorted())
            if (allowed.length > 0 && allowed.length < ids.length) partial += 1
          }
        }
      }
      expect(partial).toBeGreaterThan(20)
    },
  )

  test('pages of communities, collections and items count what they may hold', async () => {
    const { communities, collections, items } = repository.reading
    for (const actor of actors) {
      const grants = grantsOf(actor, 'READ', DAYS[1])
      const lists = {
        community: await communities.list({ grants }, EVERYTHING),
        collection: await collections.list({ grants }, EVERYTHING),
        item: await items.list({ grants }, EVERYTHING),
      }
      for (const [kind, page] of Object.entries(lists)) {
        const listed: readonly string[] = page.elements.map(({ id }) => id)
        expect(page.total).toBe(listed.length)
        for (const { id } of world.resources.filter((resource) => resource.kind === kind)) {
          const isTemplate = (await items.find(id))?.value.templateOfId ?? null
          const wanted = allows(actor, 'READ', factOf(facts, id), DAYS[1]) && isTemplate === null
          expect(listed.includes(id), `${nameOf(actor)} ${kind} ${id}`).toBe(wanted)
        }
      }
    }
  })

  test('what hangs below other records is held to the same rule', async () => {
    const { communities, collections, bundles } = repository.reading
    const idsOf = (kind: ResourceKind) =>
      world.resources.filter((resource) => resource.kind === kind).map(({ id }) => id)
    for (const actor of actors) {
      const grants = grantsOf(actor, 'READ', DAYS[2])
      const below = {
        community: await communities.childrenOf(idsOf('community'), grants, 1000),
        collection: await collections.ofCommunities(idsOf('community'), grants, 1000),
        bundle: await bundles.ofItems(idsOf('item'), grants, 1000),
      }
      for (const [kind, pages] of Object.entries(below)) {
        const found = [...pages.values()].flatMap((page) => page.elements.map(({ id }): string => id))
        const wanted = world.resources
          .filter((resource) => resource.kind === kind && resource.parentId !== null)
          .filter(({ id }) => allows(actor, 'READ', factOf(facts, id), DAYS[2]))
        expect(found.toSorted(), `${nameOf(actor)} ${kind}`).toEqual(wanted.map(({ id }) => id).toSorted())
      }
    }
  })
})

const nameOf = ({ personId, scope }: Actor) => `${personId} (${scope})`

async function factsOf(reading: Reading, world: World): Promise<ReadonlyMap<string, AccessFacts>> {
  const stores = {
    community: reading.communities,
    collection: reading.collections,
    item: reading.items,
    bundle: reading.bundles,
    bitstream: reading.bitstreams,
  }
  const facts = new Map<string, AccessFacts>()
  for (const { kind, id } of world.resources) {
    const found = await stores[kind].find(id)
    if (found !== undefined) facts.set(id, found.access)
  }
  return facts
}

function factOf(facts: ReadonlyMap<string, AccessFacts>, id: string): AccessFacts {
  const found = facts.get(id)
  if (found === undefined) throw new Error(`${id} was not found`)
  return found
}

async function foundBy(
  reading: Reading,
  kind: ResourceKind,
  ids: readonly string[],
  grants: Grants,
): Promise<string[]> {
  const found = {
    community: () => reading.communities.findAll(ids, grants),
    collection: () => reading.collections.findAll(ids, grants),
    item: () => reading.items.findAll(ids, grants),
    bundle: () => reading.bundles.findAll(ids, grants),
    bitstream: () => reading.bitstreams.findAll(ids, grants),
  }
  return [...(await found[kind]()).keys()]
}
