import { startOpenIdProvider, type TestOpenIdProvider } from '@hexapla/testing/openid-provider'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DeviceInstructions } from '../../src/index.ts'
import { SavedDeviceGrantAuth, type SavedDeviceGrantOptions, terminalPrompt } from '../../src/node.ts'
import { hurriedClock } from './hurried-clock.ts'
import { type ProtectedApi, startProtectedApi } from './protected-api.ts'
import { refreshToken } from './refresh-token.ts'
import { startChild } from './start-child.ts'

let provider: TestOpenIdProvider
let api: ProtectedApi
let directory: string
let filename: string
let prompts: DeviceInstructions[]
beforeAll(async () => {
  provider = await startOpenIdProvider()
  api = await startProtectedApi(provider)
})
afterAll(async () => {
  await api.stop()
  await provider.stop()
})
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'saved-token-'))
  filename = join(directory, 'private', 'token')
  prompts = []
})
afterEach(() => rm(directory, { recursive: true }))

const client = (options: Partial<SavedDeviceGrantOptions> = {}) =>
  new SavedDeviceGrantAuth(api.address, {
    provider: provider.issuer,
    clientId: 'device',
    filename,
    prompt: async (instructions) => {
      prompts.push(instructions)
      await provider.approveDevice(instructions.userCode, 'ada')
    },
    clock: hurriedClock({ times: 50 }),
    ...options,
  })

const me = (rest: SavedDeviceGrantAuth) => rest.request<{ sub: string }>('GET', '/me')
const saved = () => readFile(filename, 'utf8')

/** Puts a token of an earlier login in place; the directory is made by a client. */
async function logInBefore(): Promise<string> {
  await client().login()
  prompts = []
  return saved()
}

test('the first login is saved, for the user alone', async () => {
  expect(await me(client())).toMatchObject({ sub: 'ada' })
  expect(prompts).toHaveLength(1)
  expect((await stat(filename)).mode & 0o777).toBe(0o600)
  expect((await stat(join(filename, '..'))).mode & 0o777).toBe(0o700)
  // Nothing is left beside it, no lock and no half written file.
  expect(await readdir(join(filename, '..'))).toEqual(['token'])
})

test('the file holds the refresh token and nothing else, as that of the original', async () => {
  filename = join(directory, 'token')
  await writeFile(filename, `${await refreshToken(provider, 'grace')}\n`)
  expect(await me(client())).toMatchObject({ sub: 'grace' })
  expect(prompts).toHaveLength(0)
  expect(await saved()).toMatch(/^\S+$/)
  expect((await stat(filename)).mode & 0o777).toBe(0o600)
})

test('a saved token is used and replaced by its successor; nobody is asked', async () => {
  const first = await logInBefore()
  const before = provider.requests('token')
  expect(await me(client())).toMatchObject({ sub: 'ada' })
  expect(provider.requests('token') - before).toBe(1)
  expect(prompts).toHaveLength(0)
  expect(await saved()).not.toBe(first)
})

test.each(['made up', ''])(
  'a saved token "%s" that is refused, or none, leads to a new login',
  async (bad) => {
    await logInBefore()
    await writeFile(filename, bad)
    expect(await me(client())).toMatchObject({ sub: 'ada' })
    expect(prompts).toHaveLength(1)
    expect(await saved()).not.toBe(bad)
    expect(await me(client())).toMatchObject({ sub: 'ada' })
    expect(prompts).toHaveLength(1)
  },
)

test('a provider that is away is no reason to ask anybody, or to lose the token', async () => {
  const token = await logInBefore()
  const device = provider.requests('device_authorization')
  await provider.stop()
  const rest = client({ providerRetry: { attempts: 1 } })
  await expect(me(rest)).rejects.toMatchObject({ code: 'provider_unavailable', retryable: true })
  await provider.start()
  expect(await saved()).toBe(token)
  expect(await me(rest)).toMatchObject({ sub: 'ada' })
  expect(provider.requests('device_authorization')).toBe(device)
})

test('prints where to go, in a box, also where there is no terminal', async () => {
  const paper = new PassThrough()
  const prompt = terminalPrompt(paper)
  const printing = text(paper)
  await client({
    prompt: async (instructions) => {
      prompt(instructions)
      paper.end()
      await provider.approveDevice(instructions.userCode, 'ada')
    },
  }).login()
  expect(await printing).toContain(`${provider.issuer}/device`)
})

describe('several clients with one file', () => {
  test('in one process ask one person once', async () => {
    const answers = await Promise.all([me(client()), me(client()), me(client())])
    expect(answers.map(({ sub }) => sub)).toEqual(['ada', 'ada', 'ada'])
    expect(prompts).toHaveLength(1)
  })

  test('go on with the token that the other one renewed', async () => {
    await logInBefore()
    const [one, other] = [client(), client()]
    for (const rest of [one, other, one, other]) {
      api.refuse(await rest.accessToken())
      expect(await me(rest)).toMatchObject({ sub: 'ada' })
    }
    expect(prompts).toHaveLength(0)
  })

  test('in two processes, renewing all the time, spend no token twice', async () => {
    await logInBefore()
    const rounds = 20
    const args = [api.address, provider.issuer, filename, String(rounds)]
    const before = provider.requests('token')
    const children = await Promise.all([1, 2].map(() => startChild('saved-token-child.ts', args)))
    const ends = await Promise.all(children.map((child) => child.goOn()))
    for (const end of ends) expect(end).toEqual({ code: 0, output: 'ada\n'.repeat(rounds), errors: '' })
    expect(provider.requests('token') - before).toBe(2 * rounds)
    expect(await me(client())).toMatchObject({ sub: 'ada' })
    expect(prompts).toHaveLength(0)
  })

  test('one that waits for the other’s login can be closed', async () => {
    const asking = client({ prompt: () => undefined, clock: hurriedClock({}) })
    const login = asking.login()
    await expect.poll(() => readdir(join(filename, '..')).catch(() => [])).toContain('token.lock')
    const waiting = client()
    const waited = waiting.login()
    waiting.close()
    await expect(waited).rejects.toMatchObject({ code: 'client_closed' })
    asking.close()
    await expect(login).rejects.toMatchObject({ code: 'client_closed' })
    await expect.poll(() => readdir(join(filename, '..'))).toEqual([])
  })
})
