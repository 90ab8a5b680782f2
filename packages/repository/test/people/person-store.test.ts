import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { metadataValue } from '../../src/domain/metadata/metadata.ts'
import type { PersonQuery } from '../../src/domain/people/person-store.ts'
import type { Person } from '../../src/domain/records/record.ts'
import { NOW, testRepository, type TestRepository } from '../_support/test-repository.ts'

let repository: TestRepository

beforeAll(async () => {
  repository = await testRepository()
})

afterAll(() => repository.stop())

function person(email: string, first: string, last: string): Person {
  return {
    kind: 'person',
    id: randomUUID(),
    email,
    netid: null,
    canLogIn: true,
    requireCertificate: false,
    selfRegistered: false,
    lastActive: null,
    metadata: { 'eperson.firstname': [metadataValue(first)], 'eperson.lastname': [metadataValue(last)] },
    version: 1,
    createdAt: NOW,
    modifiedAt: NOW,
  }
}

const add = async (one: Person): Promise<Person> => {
  await repository.unitOfWork((tx) => tx.people.insert(one, null))
  return one
}

const emails = async (query: PersonQuery, sort?: string) => {
  const page = await repository.reading.people.list(query, {
    number: 0,
    size: 100,
    ...(sort === undefined ? {} : { sort: { by: sort, direction: 'desc' as const } }),
  })
  expect(page.total).toBe(page.elements.length)
  return page.elements.map((each) => each.email)
}

describe('reading', () => {
  test('gives back what was stored', async () => {
    const stored = await add({ ...person('all@example.org', 'Ada', 'L.'), netid: 'ada', lastActive: NOW })
    const { people } = repository.reading
    expect(await people.find(stored.id)).toEqual(stored)
    expect(await people.byEmail('ALL@example.ORG')).toEqual(stored)
    expect(await people.byNetid('ada')).toEqual(stored)
    expect([...(await people.findAll([stored.id, randomUUID()])).keys()]).toEqual([stored.id])
    expect(await people.find(randomUUID())).toBeUndefined()
  })
})

describe('lists', () => {
  test('are found by beginnings of words of names and addresses, or by uuid', async () => {
    const ada = await add(person('ada.lovelace@engine.example', 'Ada', 'Lovelace'))
    await add(person('o.brien@engine.example', 'Séan', 'O’Brien'))
    expect(await emails({ words: 'love' })).toEqual([ada.email])
    expect(await emails({ words: 'ADA engine' })).toEqual([ada.email])
    expect(await emails({ words: 'engine' })).toEqual([ada.email, 'o.brien@engine.example'])
    expect(await emails({ words: 'brien séan' })).toEqual(['o.brien@engine.example'])
    expect(await emails({ words: ada.email })).toEqual([ada.email])
    expect(await emails({ words: 'ovelace' })).toEqual([])
    expect(await emails({ words: ada.id })).toEqual([ada.email])
    expect(await emails({ words: randomUUID() })).toEqual([])
  })

  test('tell members of a group from the others', async () => {
    const inside = await add(person('inside@club.example', 'In', 'Side'))
    const outside = await add(person('outside@club.example', 'Out', 'Side'))
    const group = {
      kind: 'group' as const,
      id: randomUUID(),
      name: 'club',
      permanent: false,
      metadata: {},
      version: 1,
      createdAt: NOW,
      modifiedAt: NOW,
    }
    await repository.unitOfWork(async (tx) => {
      await tx.groups.insert(group)
      await tx.groups.addPeople(group.id, [inside.id])
      await tx.groups.addPeople(group.id, [inside.id])
    })
    expect(await emails({ memberOf: group.id })).toEqual([inside.email])
    expect(await emails({ notMemberOf: group.id, words: 'club' })).toEqual([outside.email])
    await repository.unitOfWork((tx) => tx.groups.removePerson(group.id, inside.id))
    expect(await emails({ memberOf: group.id })).toEqual([])
  })

  test('sort by name and by the last visit, those without one last', async () => {
    await add(person('a@sorted.example', 'Zoe', 'Abel'))
    await add({ ...person('b@sorted.example', 'Abe', 'Abel'), lastActive: NOW })
    await add(person('c@sorted.example', 'Abe', 'Zorn'))
    const sorted = { words: 'sorted' }
    expect(await emails(sorted, 'name')).toEqual(['c@sorted.example', 'a@sorted.example', 'b@sorted.example'])
    expect((await emails(sorted, 'lastActive'))[0]).toBe('b@sorted.example')
    await expect(emails({}, 'shoeSize')).rejects.toMatchObject({ code: 'SORT_UNKNOWN' })
  })
})

describe('writes', () => {
  test('refuse an address or netid that is taken, and keep nothing of the transaction', async () => {
    await add({ ...person('taken@example.org', 'A', 'B'), netid: 'taken' })
    const other = person('other@example.org', 'A', 'B')
    const again = add({ ...other, email: 'Taken@Example.org' })
    await expect(again).rejects.toMatchObject({ code: 'CONFLICT', data: { field: 'email' } })
    const sameNetid = add({ ...other, netid: 'taken' })
    await expect(sameNetid).rejects.toMatchObject({ code: 'CONFLICT', data: { field: 'netid' } })
    expect(await repository.reading.people.find(other.id)).toBeUndefined()
  })

  test('refuse a version that is no longer the newest; a visit counts as a change', async () => {
    const stale = await add(person('stale@example.org', 'A', 'B'))
    await repository.unitOfWork((tx) => tx.people.setLastActive(stale.id, NOW))
    const late = repository.unitOfWork((tx) => tx.people.update({ ...stale, netid: 'late' }))
    await expect(late).rejects.toMatchObject({ code: 'VERSION_CONFLICT' })
    expect(await repository.reading.people.find(stale.id)).toMatchObject({ version: 2, lastActive: NOW })
  })

  test('open one session for everybody who comes at the same time', async () => {
    const { id } = await add(person('many@example.org', 'A', 'B'))
    const open = () => repository.unitOfWork((tx) => tx.people.openSession(id, randomUUID()))
    const names = await Promise.all(Array.from({ length: 8 }, open))
    expect(new Set(names).size).toBe(1)
    expect(names[0]).toBe((await repository.reading.people.credentialsOf(id))?.sessionId)
  })

  test('delete a person with memberships and rights', async () => {
    const { id } = await add(person('gone@example.org', 'A', 'B'))
    const community = await repository.addCommunity()
    await repository.unitOfWork(async (tx) => {
      await tx.policies.insert([
        {
          resourceId: community.id,
          action: 'READ',
          personId: id,
          groupId: null,
          startDate: null,
          endDate: null,
          name: null,
          description: null,
          origin: 'custom',
        },
      ])
      await tx.people.delete(id)
    })
    expect(await repository.reading.people.find(id)).toBeUndefined()
    expect(await repository.reading.policies.ofResources([community.id])).toEqual([])
  })
})
