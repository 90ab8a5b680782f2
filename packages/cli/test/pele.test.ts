import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMINISTRATOR, makePlace, type Outcome, type Place } from './hexapla-process.ts'

const PASSWORD = 'a long enough "passphrase"'

describe('the pele commands', { timeout: 120_000 }, () => {
  let place: Place
  let url: string
  beforeAll(async () => {
    place = await makePlace()
    const server = await place.serve({ HEXAPLA_PELE_RATE_LIMITS: 'off' })
    url = `${server.url}/pele/api/v0.1`
  })
  afterAll(() => place.remove())

  const pele = (args: readonly string[], options?: Parameters<Place['run']>[1]): Promise<Outcome> =>
    place.run(['pele', ...args], options)
  const account = (email: string) => ['--user', email, '--password-stdin']
  const code = ({ stderr }: Outcome) => (JSON.parse(stderr) as { error: { code: string } }).error.code

  it('register, show the mail, verify and log in', async () => {
    const input = PASSWORD
    const registered = await pele(['register', url, ...account('Koa@Test.com')], { input })
    expect(registered).toMatchObject({
      code: 0,
      stdout: 'Verification email sent. Verify before using the API.\n',
    })
    const early = await pele(['login', url, ...account('koa@test.com'), '--json'], { input })
    expect([early.code, code(early)]).toEqual([3, 'login_refused'])

    await expect
      .poll(async () => (await place.run(['mail'])).stdout)
      .toMatch(/^\S+ {2}koa@test\.com {2}Verify your Pele API account\n$/)
    const [mail] = await place.json(['mail'])
    const shown = await place.run(['mail', 'latest'])
    expect(shown.stdout).toContain(`account at ${url}/:\n\n`)
    expect((await place.run(['mail', String(mail?.['id'])])).stdout).toBe(shown.stdout)
    expect((await place.run(['mail', 'none'])).code).toBe(4)

    const verification = shown.stdout.trim().split('\n').at(-1) ?? ''
    const wrong = await pele(['verify', url, 'x', '--user', 'koa@test.com'])
    expect(wrong.code).toBe(3)
    expect((await pele(['verify', url, verification, '--user', 'koa@test.com'])).code).toBe(0)

    const netrc = join(place.directory, '.netrc')
    await writeFile(netrc, 'machine other.example.org login me password you\n', { mode: 0o600 })
    const loggedIn = await pele(['login', url, ...account('koa@test.com')], { input })
    expect(loggedIn).toMatchObject({ code: 0, stdout: `logged in to ${url} as koa@test.com\n` })
    expect((await stat(netrc)).mode & 0o777).toBe(0o600)
    expect(await readFile(netrc, 'utf8')).toBe(
      'machine other.example.org login me password you\n' +
        `machine ${new URL(url).host} login koa@test.com password "a long enough \\"passphrase\\""\n`,
    )
    expect((await stat(join(place.directory, '.config/hexapla/pele.json'))).mode & 0o777).toBe(0o600)
  })

  it('list and find, with a token that is renewed', async () => {
    expect((await pele(['list', 'types'])).code).toBe(0)
    const file = join(place.directory, '.config/hexapla/pele.json')
    const state = JSON.parse(await readFile(file, 'utf8')) as { token: string }
    await writeFile(file, JSON.stringify({ ...state, token: 'void' }), { mode: 0o600 })
    expect((await pele(['list', 'datasets'])).code).toBe(0)
    expect(await readFile(file, 'utf8')).not.toContain('"void"')
    await writeFile(join(place.directory, 'place.wkt'), 'LINESTRING (10 20, 11 21)')
    const found = await pele([
      'find',
      '--dataset',
      'none',
      '--within',
      'place.wkt',
      '--end',
      '2020-01-01T00:00:00Z',
    ])
    expect(found).toMatchObject({ code: 0, stdout: '', stderr: '0 found\n' })
  })

  it('go by the environment alone', async () => {
    const settings = {
      XDG_CONFIG_HOME: join(place.directory, 'elsewhere'),
      HEXAPLA_PELE: url,
      HEXAPLA_USER: ADMINISTRATOR.email,
      HEXAPLA_PASSWORD: ADMINISTRATOR.password,
    }
    expect((await pele(['list', 'types'], { settings })).code).toBe(0)
    const nobody = await pele(['list', 'types', '--json'], {
      settings: { XDG_CONFIG_HOME: settings.XDG_CONFIG_HOME },
    })
    expect([nobody.code, code(nobody)]).toEqual([3, 'NOT_LOGGED_IN'])
  })

  it('refuse what makes no sense', async () => {
    expect((await pele(['list', 'things'])).code).toBe(2)
    expect((await pele(['list', 'types', '--type', 'x'])).code).toBe(2)
    expect((await pele(['find'])).code).toBe(2)
    expect((await pele(['find', '--type', 'x', '--fields', 'id'])).code).toBe(2)
    expect((await pele(['login', 'nonsense', ...account('x@y.org')], { input: 'x' })).code).toBe(2)
  })
})
