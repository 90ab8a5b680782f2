import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/domain/access/actor.ts'
import { parsePatch } from '../../src/domain/patch/parse-patch.ts'
import { logIn } from '../../src/services/access/log-in.ts'
import { createPerson } from '../../src/services/people/create-person.ts'
import { patchPerson } from '../../src/services/people/patch-person.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

let repository: TestRepository
let admin: Actor
let count = 0

beforeAll(async () => {
  repository = await testRepository()
  admin = repository.administrator
})

afterAll(() => repository.stop())

const PASSWORD = 'first password'

async function addPerson(netid: string | null = null) {
  const email = `person${++count}@example.org`
  const person = await createPerson(repository)(admin, { email, metadata: {}, password: PASSWORD, netid })
  return { ...person, actor: await repository.actor(person.id) }
}

const patch = (actor: Actor, id: string, ...operations: unknown[]) =>
  patchPerson(repository)(actor, { id, patch: parsePatch(operations), expected: 'any' })
const replace = (path: string, value: unknown) => ({ op: 'replace', path, value })
const changePassword = (value: unknown) => ({ op: 'add', path: '/password', value })
const FIRST_NAME = { op: 'add', path: '/metadata/eperson.firstname', value: [{ value: 'Ada' }] }
const code = (expected: string) => expect.objectContaining({ code: expected })

describe('an account', () => {
  test('is changed by administrators, in all that the contract names', async () => {
    const { id } = await addPerson('old')
    const operations = [
      replace('/email', 'New.Address@Example.org '),
      replace('/netid', 'new'),
      replace('/certificate', 'true'),
      replace('/canLogin', 'false'),
      FIRST_NAME,
    ]
    expect(await patch(admin, id, ...operations)).toMatchObject({
      email: 'new.address@example.org',
      netid: 'new',
      requireCertificate: true,
      canLogIn: false,
      metadata: { 'eperson.firstname': [{ value: 'Ada' }] },
      version: 2,
    })
    expect(await patch(admin, id, replace('/canLogIn', true))).toMatchObject({ canLogIn: true, version: 3 })
  })

  test('is not changed by its owner, not even together with metadata', async () => {
    const { id, actor, email } = await addPerson()
    for (const operation of [
      replace('/email', 'a@b.c'),
      replace('/canLogIn', true),
      replace('/netid', 'x'),
    ]) {
      await expect(patch(actor, id, FIRST_NAME, operation)).rejects.toEqual(code('NOT_ALLOWED'))
    }
    expect(await repository.reading.people.find(id)).toMatchObject({ email, metadata: {}, version: 1 })
  })

  test('ends its sessions when it is barred', async () => {
    const { id, email } = await addPerson()
    const { sessionId } = await logIn(repository)({ address: '127.0.0.1', email, password: PASSWORD })
    await patch(admin, id, replace('/canLogIn', false))
    await patch(admin, id, replace('/canLogIn', true))
    expect(await repository.reading.actors.person(id, { sessionId })).toBeUndefined()
  })

  test.each([
    ['an address that is none', replace('/email', 'nowhere'), 'INVALID'],
    ['an address that is taken', replace('/email', 'ADMIN@example.org'), 'CONFLICT'],
    ['a netid that was never set', replace('/netid', 'x'), 'PATCH_INVALID'],
    ['neither true nor false', replace('/canLogIn', 'maybe'), 'PATCH_INVALID'],
    ['an unknown property', replace('/shoeSize', 'x'), 'PATCH_INVALID'],
    ['another operation', { op: 'remove', path: '/email' }, 'PATCH_INVALID'],
    ['an unknown field', { op: 'add', path: '/metadata/no.field', value: [{ value: 'x' }] }, 'FIELD_UNKNOWN'],
  ])('does not take %s, and nothing of the patch with it', async (_title, operation, expected) => {
    const { id } = await addPerson()
    await expect(patch(admin, id, FIRST_NAME, operation)).rejects.toEqual(code(expected))
    expect(await repository.reading.people.find(id)).toMatchObject({ metadata: {}, version: 1 })
  })

  test('is changed at the version expected alone', async () => {
    const { id } = await addPerson()
    const input = { id, patch: parsePatch([FIRST_NAME]), expected: 7 }
    await expect(patchPerson(repository)(admin, input)).rejects.toEqual(code('VERSION_CONFLICT'))
    expect(await patchPerson(repository)(admin, { ...input, expected: 1 })).toMatchObject({ version: 2 })
  })
})

describe('metadata', () => {
  test('are changed by oneself, by nobody else but administrators', async () => {
    const { id, actor } = await addPerson()
    const other = await addPerson()
    expect((await patch(actor, id, FIRST_NAME)).metadata).toHaveProperty(['eperson.firstname'])
    await expect(patch(other.actor, id, FIRST_NAME)).rejects.toEqual(code('NOT_ALLOWED'))
    const anonymous = await repository.reading.actors.anonymous()
    await expect(patch(anonymous, id, FIRST_NAME)).rejects.toEqual(code('NOT_SIGNED_IN'))
    await expect(patch(admin, crypto.randomUUID(), FIRST_NAME)).rejects.toEqual(code('NOT_FOUND'))
  })
})

describe('a password', () => {
  const NEW = 'second password'
  const works = (email: string, password: string) =>
    logIn(repository)({ address: '127.0.0.1', email, password }).then(
      () => true,
      () => false,
    )

  test('is changed by whoever knows the current one', async () => {
    const { id, actor, email } = await addPerson()
    await patch(actor, id, changePassword({ new_password: NEW, current_password: PASSWORD }))
    expect([await works(email, NEW), await works(email, PASSWORD)]).toEqual([true, false])
  })

  test('stays when the current one is wrong or missing', async () => {
    const { id, actor, email } = await addPerson()
    for (const current of [{ current_password: 'wrong' }, {}]) {
      const attempt = patch(actor, id, changePassword({ new_password: NEW, ...current }))
      await expect(attempt).rejects.toEqual(code('NOT_ALLOWED'))
    }
    expect(await works(email, PASSWORD)).toBe(true)
  })

  test('is set by an administrator without the current one, except the administrator’s own', async () => {
    const { id, email } = await addPerson()
    await patch(admin, id, changePassword({ new_password: NEW }))
    expect(await works(email, NEW)).toBe(true)
    const own = patch(admin, admin.personId ?? '', changePassword({ new_password: NEW }))
    await expect(own).rejects.toEqual(code('NOT_ALLOWED'))
  })

  test('is set first by a person who has none', async () => {
    const email = 'without.password@example.org'
    const id = await repository.addPerson(email)
    await patch(await repository.actor(id), id, changePassword({ new_password: NEW }))
    expect(await works(email, NEW)).toBe(true)
  })

  test.each([
    ['seven77', 'INVALID'],
    ['x'.repeat(1025), 'INVALID'],
    [null, 'PATCH_INVALID'],
  ])('is not %j', async (password, expected) => {
    const { id, actor } = await addPerson()
    const attempt = patch(actor, id, changePassword({ new_password: password, current_password: PASSWORD }))
    await expect(attempt).rejects.toEqual(code(expected))
  })

  test('is told from none by neither text nor operation', async () => {
    const { id, actor } = await addPerson()
    await expect(patch(actor, id, changePassword(NEW))).rejects.toEqual(code('PATCH_INVALID'))
    const removal = patch(actor, id, { op: 'remove', path: '/password' })
    await expect(removal).rejects.toEqual(code('PATCH_INVALID'))
  })
})
