import { randomBytes } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DSpaceSession } from '@hexapla/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMINISTRATOR, jsonLines, makePlace, type Place, type ServeProcess } from './hexapla-process.ts'

const ADA = { email: 'ada@example.org', password: 'analytical engine' }
const title = (value: string) => ({ metadata: { 'dc.title': [{ value }] } })

describe('the client commands', { timeout: 120_000 }, () => {
  let place: Place
  let server: ServeProcess
  let item: string
  beforeAll(async () => {
    place = await makePlace()
    server = await place.serve()
    const session = new DSpaceSession(`${server.url}/server`, ADMINISTRATOR)
    const create = async (path: string, json: object): Promise<string> =>
      ((await (await session.post(`/api/core/${path}`, { json })).json()) as { uuid: string }).uuid
    const community = await create('communities', title('A community'))
    const collection = await create(`collections?parent=${community}`, title('A collection'))
    item = await create(`items?owningCollection=${collection}`, title('An item'))
    for (const name of ['b', 'c']) await create(`items?owningCollection=${collection}`, title(name))
    await place.run(['user', 'add', ADA.email, '--admin', '--password-stdin'], { input: `${ADA.password}\n` })
  })
  afterAll(() => place.remove())

  const login = (password = ADA.password) =>
    place.run(['login', server.url, '--user', ADA.email, '--password-stdin', '--json'], { input: password })

  it('refuse without a session, with a wrong password, and where nobody answers', async () => {
    const without = await place.run(['get', 'core/communities', '--json'])
    expect(without.code).toBe(3)
    expect(JSON.parse(without.stderr)).toMatchObject({ error: { code: 'NOT_LOGGED_IN' } })
    const wrong = await login('wrong password')
    expect(wrong.code).toBe(3)
    expect(JSON.parse(wrong.stderr)).toMatchObject({ error: { code: 'login_refused' } })
    const nobody = ['login', 'http://127.0.0.1:9/server', '--user', 'x', '--password-stdin']
    expect((await place.run(nobody, { input: 'x' })).code).toBe(8)
    expect(
      (await place.run(['login', 'nonsense', '--user', 'x', '--password-stdin'], { input: 'x' })).code,
    ).toBe(2)
    expect((await place.run(['login', server.url, '--user', 'x'])).code).toBe(2)
  })

  it('keep their session for its owner alone', async () => {
    const outcome = await login()
    expect(outcome.code).toBe(0)
    expect(JSON.parse(outcome.stdout)).toEqual({ endpoint: `${server.url}/server`, user: ADA.email })
    const file = join(place.directory, '.config/hexapla/session.json')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readFile(file, 'utf8')).not.toContain(ADA.password)
  })

  it('read documents and whole lists', async () => {
    await login()
    expect(await place.json(['get', `core/items/${item}`])).toMatchObject([{ name: 'An item' }])
    const all = await place.run(['get', 'core/items?size=2', '--all'])
    expect(new Set(jsonLines(all.stdout).map((one) => one['name']))).toEqual(new Set(['An item', 'b', 'c']))
    const missing = await place.run(['get', 'core/items/00000000-0000-4000-8000-0000000000ff', '--json'])
    expect(missing.code).toBe(4)
    expect(JSON.parse(missing.stderr)).toMatchObject({ error: { code: 'http_error', status: 404 } })
  })

  it('replace documents', async () => {
    await login()
    const [document] = await place.json(['get', `core/items/${item}`])
    const changed = JSON.stringify({ ...document, ...title('Renamed') })
    const put = await place.run(['put', `core/items/${item}`, '-', '--json'], { input: changed })
    expect(put.code).toBe(0)
    expect(await place.json(['get', `core/items/${item}`])).toMatchObject([{ name: 'Renamed' }])
  })

  it('send files and fetch them back', async () => {
    await login()
    const bytes = randomBytes(3_000_000)
    await writeFile(join(place.directory, 'a b.bin'), bytes)
    await writeFile(join(place.directory, 'c.txt'), 'small')
    const made = await place.json(['upload', 'a b.bin', 'c.txt', '--item', item, '--description', 'Raw'])
    expect(made).toMatchObject([
      { name: 'a b.bin', sizeBytes: bytes.length, metadata: { 'dc.description': [{ value: 'Raw' }] } },
      { name: 'c.txt', sizeBytes: 5 },
    ])
    const uuid = String(made[0]?.['uuid'])
    const [done] = await place.json(['download', uuid, '-o', 'back.bin'])
    expect(done).toMatchObject({ size: bytes.length, checksum: { algorithm: 'md5' } })
    expect(await readFile(join(place.directory, 'back.bin'))).toEqual(bytes)

    const kept = await place.run(['download', uuid, '-o', 'back.bin', '--json'])
    expect(kept.code).toBe(1)
    expect(JSON.parse(kept.stderr)).toMatchObject({ error: { code: 'FILE_EXISTS' } })
    const url = `${server.url}/server/api/core/bitstreams/${uuid}/content`
    expect((await place.run(['download', url, '--output', 'back.bin', '--force'])).code).toBe(0)
    // The second upload found the bundle that the first one made.
    const bundles = await place.run(['get', `core/items/${item}/bundles`, '--all'])
    expect(jsonLines(bundles.stdout)).toHaveLength(1)
  })

  it('take an account from the environment', async () => {
    const settings = {
      HEXAPLA_ENDPOINT: `${server.url}/server`,
      HEXAPLA_USER: ADA.email,
      HEXAPLA_PASSWORD: ADA.password,
      XDG_CONFIG_HOME: join(place.directory, 'elsewhere'),
    }
    const outcome = await place.run(['get', 'authn/status', '--json'], { settings })
    expect(JSON.parse(outcome.stdout)).toMatchObject({ authenticated: true })
  })

  it('make tokens for programs, list them, work with them and revoke them', async () => {
    await login()
    const [made] = await place.json(['token', 'create', 'harvester', '--expires', '30d'])
    const token = String(made?.['token'])
    expect(made).toMatchObject({ name: 'harvester', scope: 'read', lastUsed: null })
    const end = Date.parse(String(made?.['expires'])) - Date.now()
    expect(Math.round(end / 86_400_000)).toBe(30)
    const plain = await place.run(['token', 'create', 'nightly', '--scope', 'write', '--expires', 'never'])
    expect(plain.stdout).toMatch(/^hxp_[0-9A-Za-z]{49}\n$/)
    expect((await place.run(['token', 'list'])).stdout).toContain('nightly  write  never ends  never used')

    const settings = { HEXAPLA_ENDPOINT: `${server.url}/server`, HEXAPLA_TOKEN: token }
    const status = await place.run(['get', 'authn/status', '--json'], { settings })
    expect(JSON.parse(status.stdout)).toMatchObject({ authenticated: true, authenticationMethod: 'token' })
    const refused = await place.run(['token', 'list'], { settings })
    expect(refused.code).toBe(3)

    expect((await place.run(['token', 'revoke', 'harvester'])).code).toBe(0)
    expect((await place.run(['token', 'revoke', 'harvester'])).code).toBe(4)
    expect((await place.run(['get', 'authn/status', '--json'], { settings })).stdout).toContain('false')
    expect((await place.run(['get', 'core/communities'], { settings })).code).toBe(3)
    expect((await place.run(['token', 'create', 'x', '--expires', 'soon'])).code).toBe(2)
    expect((await place.run(['token', 'create', 'x', '--scope', 'all'])).code).toBe(2)
  })

  it('end their session', async () => {
    await login()
    expect((await place.run(['logout'])).code).toBe(0)
    expect((await place.run(['logout'])).code).toBe(3)
  })
})

describe('user', { timeout: 120_000 }, () => {
  let place: Place
  beforeAll(async () => {
    place = await makePlace()
  })
  afterAll(() => place.remove())

  it('makes, lists, changes and deletes accounts, without a server and beside one', async () => {
    const [made] = await place.json([
      'user',
      'add',
      'Bob@Example.org',
      '--first-name',
      'Bob',
      '--random-password',
    ])
    expect(made).toMatchObject({
      email: 'bob@example.org',
      password: expect.stringMatching(/^\S{20,}$/) as string,
    })
    expect(await place.json(['user', 'list'])).toMatchObject([
      { email: ADMINISTRATOR.email },
      { email: 'bob@example.org', name: 'Bob', canLogIn: true },
    ])
    await place.serve()
    const input = 'a new password\n'
    const changed = await place.run(['user', 'set-password', 'bob@example.org', '--password-stdin'], {
      input,
    })
    expect(changed.code).toBe(0)
    const weak = await place.run(['user', 'set-password', 'bob@example.org', '--password-stdin'], {
      input: 'x',
    })
    expect(weak.code).toBe(2)
    const twice = await place.run(['user', 'add', 'bob@example.org', '--random-password', '--json'])
    expect(JSON.parse(twice.stderr)).toMatchObject({ error: { code: 'CONFLICT' } })
    expect((await place.run(['user', 'delete', 'bob@example.org'])).code).toBe(0)
    expect((await place.run(['user', 'delete', 'bob@example.org'])).code).toBe(4)
    expect(await place.json(['user', 'list'])).toHaveLength(1)
  })

  it('needs a terminal to ask for a password', async () => {
    expect((await place.run(['user', 'add', 'eve@example.org'])).code).toBe(2)
  })
})
