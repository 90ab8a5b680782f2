import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMINISTRATOR_GROUP, ANONYMOUS_GROUP } from '../../src/domain/access/actor.ts'
import { authenticate } from '../../src/services/access/authenticate.ts'
import { logIn } from '../../src/services/access/log-in.ts'
import { logOut } from '../../src/services/access/log-out.ts'
import { ADMINISTRATOR, NOW, testRepository, type TestRepository } from '../_support/test-repository.ts'

const HERE = '127.0.0.1'

let repository: TestRepository

beforeAll(async () => {
  repository = await testRepository()
})

afterAll(() => repository.stop())

const refused = expect.objectContaining({ code: 'LOGIN_REFUSED' })

async function addPersonWithPassword(email: string): Promise<string> {
  const id = await repository.addPerson(email)
  const hash = await repository.passwords.hash('a good password')
  await repository.unitOfWork((tx) => tx.people.setPassword(id, hash))
  return id
}

describe('log in', () => {
  test('opens a session that authenticates an administrator', async () => {
    const session = await logIn(repository)({ ...ADMINISTRATOR, address: HERE })
    const actor = await authenticate(repository)(session)
    expect(actor).toMatchObject({ personId: session.personId, isAdministrator: true })
    expect(actor?.groupIds.toSorted()).toEqual([ANONYMOUS_GROUP, ADMINISTRATOR_GROUP])
    expect((await repository.reading.people.find(session.personId))?.lastActive).toEqual(NOW)
  })

  test('takes the address in any case and shares the session between devices', async () => {
    const laptop = await logIn(repository)({ ...ADMINISTRATOR, address: HERE })
    const phone = await logIn(repository)({ ...ADMINISTRATOR, address: HERE, email: ' Admin@Example.ORG' })
    expect(phone).toEqual(laptop)
  })

  test('refuses a wrong password, an unknown address and a person without a password alike', async () => {
    await repository.addPerson('none@example.org')
    await expect(logIn(repository)({ ...ADMINISTRATOR, address: HERE, password: 'wrong' })).rejects.toEqual(
      refused,
    )
    await expect(
      logIn(repository)({ ...ADMINISTRATOR, address: HERE, email: 'x@example.org' }),
    ).rejects.toEqual(refused)
    await expect(
      logIn(repository)({ address: HERE, email: 'none@example.org', password: '' }),
    ).rejects.toEqual(refused)
  })

  test('takes about as long for an unknown address as for a wrong password', async () => {
    const time = async (email: string): Promise<number> => {
      const start = performance.now()
      await expect(logIn(repository)({ address: HERE, email, password: 'wrong' })).rejects.toEqual(refused)
      return performance.now() - start
    }
    await time('warm.up@example.org')
    const fastest = async (email: string): Promise<number> =>
      Math.min(await time(email), await time(email), await time(email))
    const known = await fastest(ADMINISTRATOR.email)
    const unknown = await fastest('nobody@example.org')
    expect(unknown).toBeGreaterThan(known / 2)
  })

  test('refuses whoever may not log in or must bring a certificate', async () => {
    const credentials = { address: HERE, email: 'barred@example.org', password: 'a good password' }
    const id = await addPersonWithPassword(credentials.email)
    const change = (changes: { canLogIn?: boolean; requireCertificate?: boolean }) =>
      repository.unitOfWork(async (tx) => {
        const person = await tx.people.find(id)
        if (person !== undefined) await tx.people.update({ ...person, ...changes })
      })
    await expect(logIn(repository)(credentials)).resolves.toMatchObject({ personId: id })
    await change({ canLogIn: false })
    await expect(logIn(repository)(credentials)).rejects.toEqual(refused)
    await change({ canLogIn: true, requireCertificate: true })
    await expect(logIn(repository)(credentials)).rejects.toEqual(refused)
  })
})

describe('log out', () => {
  test('ends every session of the person and of nobody else', async () => {
    const id = await addPersonWithPassword('leaving@example.org')
    const session = await logIn(repository)({
      address: HERE,
      email: 'leaving@example.org',
      password: 'a good password',
    })
    const other = await logIn(repository)({ ...ADMINISTRATOR, address: HERE })
    await logOut(repository)({ personId: id })
    expect(await authenticate(repository)(session)).toBeUndefined()
    expect(await authenticate(repository)(other)).toBeDefined()

    const again = await logIn(repository)({
      address: HERE,
      email: 'leaving@example.org',
      password: 'a good password',
    })
    expect(again.sessionId).not.toBe(session.sessionId)
    expect(await authenticate(repository)(session)).toBeUndefined()
    expect(await authenticate(repository)(again)).toBeDefined()
  })
})
