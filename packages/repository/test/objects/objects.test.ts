import { afterAll, beforeAll, expect, test } from 'vitest'
import { createObject, type NewObject } from '../../src/services/objects/create-object.ts'
import { deleteObject } from '../../src/services/objects/delete-object.ts'
import { readObject } from '../../src/services/objects/read-object.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

let world: TestRepository
beforeAll(async () => {
  world = await testRepository()
})
afterAll(() => world.stop())

const create = async (input: NewObject = {}) => (await createObject(world)(world.administrator, input)).record
const pidsOf = async (objects: Promise<{ pid: string }>[]): Promise<string[]> =>
  (await Promise.all(objects)).map(({ pid }) => pid)

test('a namespace gives its numbers in their order, none twice, also to many at once', async () => {
  const pids = await pidsOf(Array.from({ length: 20 }, () => create({ namespace: 'islandora' })))
  const wanted = Array.from({ length: 20 }, (_, index) => `islandora:${index + 1}`)
  expect(pids.toSorted()).toEqual(wanted.toSorted())
})

test('a pid that many want at once is given to one of them, and is taken for the others', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => create({ pid: 'wanted:1' })))
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(refused.map(({ reason }) => (reason as { code?: string }).code)).toEqual(
    Array.from({ length: 19 }, () => 'CONFLICT'),
  )
})

test('a number that somebody has taken is passed over, one that was deleted is not given again', async () => {
  await create({ pid: 'taken:2' })
  const [first, second] = [await create({ namespace: 'taken' }), await create({ namespace: 'taken' })]
  expect([first.pid, second.pid]).toEqual(['taken:1', 'taken:3'])
  const remove = deleteObject(world)
  await remove(world.administrator, { pid: second.pid, expected: 'any' })
  expect((await create({ namespace: 'taken' })).pid).toBe('taken:4')
})

test('the namespace of the repository shares its numbers with all other records', async () => {
  const made = await create({ namespace: world.naming.pidNamespace })
  const other = await create()
  for (const { pid, handle } of [made, other]) {
    expect(pid.split(':')).toEqual([world.naming.pidNamespace, handle.split('/')[1]])
  }
})

test('an unfiled object is readable for everybody, its owner by name for those who may see the person', async () => {
  const { pid } = await create({ label: 'A label' })
  const read = readObject(world)
  const anonymous = await world.reading.actors.anonymous()
  expect(await read(anonymous, pid)).toMatchObject({ state: 'A', models: [], datastreams: [], owner: '' })
  expect((await read(world.administrator, pid)).owner).toBe('admin@example.org')
})

test('those who look for objects at once share statements, and each is told of the own one', async () => {
  const { pid, id } = await create()
  const pids = ['none:1', ...Array.from({ length: 20 }, () => pid), 'test:\ud800', 'test:"{,}\\\\']
  let sent = 0
  const stop = world.database.onStatement(() => sent++)
  const found = await Promise.all(pids.map((one) => world.reading.objects.find(one)))
  stop()
  expect(sent).toBe(1)
  expect(found.map((object) => object?.value.record.id)).toEqual(
    pids.map((one) => (one === pid ? id : undefined)),
  )
})

test('a pid that cannot be looked for is refused to whoever asks for it alone', async () => {
  const { pid } = await create()
  const outcomes = await Promise.allSettled([pid, 'a:\0', pid].map((one) => world.reading.objects.find(one)))
  expect(outcomes).toMatchObject([
    { status: 'fulfilled', value: { value: { record: { pid } } } },
    { status: 'rejected', reason: { code: 'INVALID' } },
    { status: 'fulfilled', value: { value: { record: { pid } } } },
  ])
})

test('what was committed before an object is looked for is seen, whoever looks for others meanwhile', async () => {
  const { pid, id } = await create({ owner: 'Nobody known' })
  const ending = new AbortController()
  const others = Array.from({ length: 4 }, async () => {
    while (!ending.signal.aborted) await world.reading.objects.find(pid)
  })
  for (let round = 0; round < 30; round += 1) {
    await world.unitOfWork(async (tx) => {
      await tx.objects.setOwnerName(id, `Owner ${round}`)
      expect((await tx.objects.find(pid))?.value.ownerName).toBe(`Owner ${round}`)
    })
    expect((await world.reading.objects.find(pid))?.value.ownerName).toBe(`Owner ${round}`)
  }
  ending.abort()
  await Promise.all(others)
})

test('visitors and people without rights create nothing', async () => {
  const anonymous = await world.reading.actors.anonymous()
  const somebody = await world.actor(await world.addPerson('somebody@example.org'))
  const make = createObject(world)
  await expect(make(anonymous, {})).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
  await expect(make(somebody, {})).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
})

test.each(['nothing', 'a b:1', ':1', 'a:', 'a:b/c', 'a:%zz', `a:${'b'.repeat(63)}`])(
  '%s is no pid',
  async (pid) => {
    await expect(create({ pid })).rejects.toMatchObject({ code: 'INVALID', data: { field: 'pid' } })
  },
)
