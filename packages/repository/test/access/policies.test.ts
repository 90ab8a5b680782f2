import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANONYMOUS_GROUP, SYSTEM_ACTOR, type Actor } from '../../src/domain/access/actor.ts'
import type { Community } from '../../src/domain/records/record.ts'
import { grantPolicy } from '../../src/services/access/grant-policy.ts'
import { listPolicies } from '../../src/services/access/list-policies.ts'
import { createCommunity } from '../../src/services/communities/create-community.ts'
import { parsePatch } from '../../src/domain/patch/parse-patch.ts'
import { patchSite } from '../../src/services/site/patch-site.ts'
import { readSite } from '../../src/services/site/read-site.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

const PAGE = { number: 0, size: 20 }
const NOBODY = '00000000-0000-4000-8000-00000000dead'

let repository: TestRepository
let community: Community
let visitor: Actor
let member: Actor

beforeAll(async () => {
  repository = await testRepository()
  community = await createCommunity(repository)(SYSTEM_ACTOR, { parentId: null, metadata: {} })
  visitor = await repository.reading.actors.anonymous()
  member = await repository.actor(await repository.addPerson('member@example.org'))
})

afterAll(() => repository.stop())

const refusal = (code: string, data = {}) => expect.objectContaining({ code, ...data })

test('a policy is granted with its period and listed by those who administer the resource', async () => {
  const personId = member.personId ?? ''
  const granted = await grantPolicy(repository)(SYSTEM_ACTOR, {
    resourceId: community.id,
    action: 'WRITE',
    to: { personId },
    startDate: '2026-02-28',
    endDate: '2026-02-28',
    name: 'A day',
  })
  expect(granted).toMatchObject({
    resourceId: community.id,
    action: 'WRITE',
    personId,
    groupId: null,
    startDate: '2026-02-28',
    endDate: '2026-02-28',
    name: 'A day',
    description: null,
    origin: 'custom',
  })
  const list = listPolicies(repository)
  const of = { resourceId: community.id }
  expect((await list(SYSTEM_ACTOR, { ...of, action: 'WRITE' }, PAGE)).elements).toEqual([granted])
  expect(await list(SYSTEM_ACTOR, of, { number: 1, size: 1 })).toMatchObject({
    total: 2,
    elements: [granted],
  })
  await expect(list(visitor, of, PAGE)).rejects.toEqual(refusal('NOT_SIGNED_IN'))
  await expect(list(member, of, PAGE)).rejects.toEqual(refusal('NOT_ALLOWED'))
  await expect(list(SYSTEM_ACTOR, { resourceId: personId }, PAGE)).rejects.toEqual(refusal('NOT_FOUND'))
})

test('a policy is refused that cannot be meant', async () => {
  const grant = { resourceId: community.id, action: 'READ', to: { groupId: ANONYMOUS_GROUP } } as const
  const attempt = (changes: object, actor: Actor = SYSTEM_ACTOR) =>
    grantPolicy(repository)(actor, { ...grant, ...changes })
  const before = await repository.reading.policies.ofResources([community.id])
  const invalid = (field: string) => refusal('INVALID', { data: { field } })
  await expect(attempt({ startDate: '2026-03-02', endDate: '2026-03-01' })).rejects.toEqual(
    invalid('endDate'),
  )
  await expect(attempt({ startDate: '2026-02-29' })).rejects.toEqual(invalid('startDate'))
  await expect(attempt({ endDate: 'tomorrow' })).rejects.toEqual(invalid('endDate'))
  await expect(attempt({ to: { personId: NOBODY } })).rejects.toEqual(refusal('REFERENCE_INVALID'))
  await expect(attempt({ to: { groupId: NOBODY } })).rejects.toEqual(refusal('REFERENCE_INVALID'))
  await expect(attempt({ resourceId: NOBODY })).rejects.toEqual(refusal('NOT_FOUND'))
  await expect(attempt({}, visitor)).rejects.toEqual(refusal('NOT_SIGNED_IN'))
  await expect(attempt({}, member)).rejects.toEqual(refusal('NOT_ALLOWED'))
  expect(await repository.reading.policies.ofResources([community.id])).toEqual(before)
})

test('the site is read by everybody and changed by administrators', async () => {
  const site = await readSite(repository)(visitor)
  const patch = parsePatch([{ op: 'replace', path: '/metadata/dc.title/0/value', value: 'Renamed' }])
  await expect(patchSite(repository)(visitor, { patch, expected: 'any' })).rejects.toEqual(
    refusal('NOT_SIGNED_IN'),
  )
  await expect(patchSite(repository)(member, { patch, expected: 'any' })).rejects.toEqual(
    refusal('NOT_ALLOWED'),
  )
  const changed = await patchSite(repository)(repository.administrator, { patch, expected: site.version })
  expect(changed.metadata['dc.title']?.[0]?.value).toBe('Renamed')
  expect(await readSite(repository)(visitor)).toEqual(changed)
  await expect(
    patchSite(repository)(repository.administrator, { patch, expected: site.version }),
  ).rejects.toEqual(refusal('VERSION_CONFLICT'))
})
