import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Group } from '../../src/domain/records/record.ts'
import { NOW, testRepository, type TestRepository } from '../_support/test-repository.ts'

let repository: TestRepository

beforeAll(async () => {
  repository = await testRepository()
})

afterAll(() => repository.stop())

function group(name: string): Group {
  const dates = { createdAt: NOW, modifiedAt: NOW }
  return { kind: 'group', id: randomUUID(), name, permanent: false, metadata: {}, version: 1, ...dates }
}

async function addGroups(...names: string[]): Promise<string[]> {
  const groups = names.map(group)
  await repository.unitOfWork(async (tx) => {
    for (const each of groups) await tx.groups.insert(each)
  })
  return groups.map((each) => each.id)
}

const nest = (parent: string, ...children: string[]) =>
  repository.unitOfWork((tx) => tx.groups.addSubgroups(parent, children))

const unnest = (parent: string, child: string) =>
  repository.unitOfWork((tx) => tx.groups.removeSubgroup(parent, child))

async function descendants(id: string): Promise<string[]> {
  const result = await sql<{ id: string }>`
    select descendant_id as id from group_closure where ancestor_id = ${id} order by 1
  `.execute(repository.database.read)
  return result.rows.map((row) => row.id)
}

describe('nesting', () => {
  test('lets no group lie within itself, directly or through others', async () => {
    const [a = '', b = '', c = ''] = await addGroups('cycle a', 'cycle b', 'cycle c')
    await nest(a, b)
    await nest(b, c)
    await expect(nest(a, a)).rejects.toMatchObject({ code: 'INVALID' })
    await expect(nest(c, a)).rejects.toMatchObject({ code: 'INVALID', data: { subgroupId: a } })
    expect(await descendants(c)).toEqual([c])
  })

  test('closes no cycle when two changes come at the same time', async () => {
    for (let round = 0; round < 5; round++) {
      const [a = '', b = ''] = await addGroups(`race a ${round}`, `race b ${round}`)
      const outcomes = await Promise.allSettled([nest(a, b), nest(b, a)])
      expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    }
  })

  test('takes away only what no other way leads to', async () => {
    const [top = '', left = '', right = '', bottom = ''] = await addGroups(
      'd top',
      'd left',
      'd right',
      'd bottom',
    )
    await nest(top, left, right)
    await nest(left, bottom)
    await nest(right, bottom)
    await unnest(left, bottom)
    expect(await descendants(top)).toEqual([top, left, right, bottom].toSorted())
    await repository.unitOfWork((tx) => tx.groups.delete(right))
    expect(await descendants(top)).toEqual([top, left].toSorted())
  })

  test('keeps the closure that a fresh search of the graph finds, through random changes', async () => {
    const ids = await addGroups(...Array.from({ length: 8 }, (_, index) => `random ${index}`))
    const edges = new Set<string>()
    const reach = (from: string): Set<string> => {
      const found = new Set([from])
      for (const each of found) {
        for (const to of ids) if (edges.has(`${each} ${to}`)) found.add(to)
      }
      return found
    }
    let seed = 7
    const pick = (): string => {
      seed = (seed * 48_271) % 2_147_483_647
      return ids[seed % ids.length] ?? ''
    }
    for (let step = 0; step < 60; step++) {
      const [parent, child] = [pick(), pick()]
      const edge = `${parent} ${child}`
      const isCycle = reach(child).has(parent)
      const outcome = await (edges.has(edge) ? unnest(parent, child) : nest(parent, child)).then(
        () => 'done',
        (error: { code: string }) => error.code,
      )
      expect(outcome).toBe(isCycle ? 'INVALID' : 'done')
      if (!edges.delete(edge) && !isCycle) edges.add(edge)
      expect(await descendants(parent)).toEqual([...reach(parent)].toSorted())
    }
    expect(edges.size).toBeGreaterThan(5)
    for (const id of ids) expect(await descendants(id)).toEqual([...reach(id)].toSorted())
  })
})

describe('lists of groups', () => {
  const names = async (query: Parameters<TestRepository['reading']['groups']['list']>[0]) => {
    const page = await repository.reading.groups.list(query, { number: 0, size: 100 })
    expect(page.total).toBe(page.elements.length)
    return page.elements.map((each) => each.name)
  }

  test('are found by the beginnings of words of the name, or by uuid, in the order of names', async () => {
    const [readers = ''] = await addGroups('Zebra readers', 'Zebra_writers', 'zebra admins', 'Okapi readers')
    expect(await names({ words: 'zebra' })).toEqual(['zebra admins', 'Zebra readers', 'Zebra_writers'])
    expect(await names({ words: 'READ zeb' })).toEqual(['Zebra readers'])
    expect(await names({ words: 'writ' })).toEqual(['Zebra_writers'])
    expect(await names({ words: 'ebra' })).toEqual([])
    expect(await names({ words: '*&|!' })).toEqual([])
    expect(await names({ words: readers })).toEqual(['Zebra readers'])
  })

  test('tell subgroups, and which groups could still become some', async () => {
    const [top = '', child = '', grandchild = ''] = await addGroups(
      'tree top',
      'tree child',
      'tree grandchild',
    )
    await nest(top, child)
    await nest(child, grandchild)
    expect(await names({ subgroupsOf: top })).toEqual(['tree child'])
    expect(await names({ notSubgroupsOf: top, words: 'tree' })).toEqual(['tree grandchild'])
    expect(await names({ notSubgroupsOf: grandchild, words: 'tree' })).toEqual([])
  })

  test('refuse an unknown sort', async () => {
    const page = { number: 0, size: 1, sort: { by: 'shoeSize', direction: 'asc' as const } }
    await expect(repository.reading.groups.list({}, page)).rejects.toMatchObject({ code: 'SORT_UNKNOWN' })
  })
})

describe('roles', () => {
  test('lead from the record to the group and back', async () => {
    const community = await repository.addCommunity()
    const [id = ''] = await addGroups('role holder')
    await repository.unitOfWork((tx) => tx.groups.setRole(community.id, 'admin', id))
    const { groups } = repository.reading
    expect(await groups.roleOf(id)).toEqual({ recordId: community.id, role: 'admin' })
    expect(await groups.roleGroup(community.id, 'admin')).toMatchObject({ id })
    expect(await groups.roleGroup(community.id, 'submit')).toBeUndefined()
    await repository.unitOfWork((tx) => tx.groups.removeRole(community.id, 'admin'))
    expect(await groups.roleOf(id)).toBeUndefined()
  })
})

describe('writes', () => {
  test('refuse a name that is taken', async () => {
    await addGroups('unique')
    const conflict = { code: 'CONFLICT', data: { field: 'name' } }
    await expect(addGroups('unique')).rejects.toMatchObject(conflict)
    const other = group('another')
    await repository.unitOfWork((tx) => tx.groups.insert(other))
    const renamed = repository.unitOfWork((tx) => tx.groups.update({ ...other, name: 'unique' }))
    await expect(renamed).rejects.toMatchObject(conflict)
  })

  test('refuse a version that is no longer the newest', async () => {
    const stale = group('versioned')
    await repository.unitOfWork((tx) => tx.groups.insert(stale))
    const change = (name: string) => repository.unitOfWork((tx) => tx.groups.update({ ...stale, name }))
    expect(await change('versioned twice')).toMatchObject({ version: 2 })
    await expect(change('versioned late')).rejects.toMatchObject({ code: 'VERSION_CONFLICT' })
    expect(await repository.reading.groups.find(stale.id)).toMatchObject({
      name: 'versioned twice',
      version: 2,
    })
  })
})
