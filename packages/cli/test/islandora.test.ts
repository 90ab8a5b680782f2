import { randomBytes } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DSpaceSession } from '@hexapla/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ADMINISTRATOR,
  jsonLines,
  makePlace,
  type Outcome,
  type Place,
  type ServeProcess,
} from './hexapla-process.ts'

describe('the islandora commands', { timeout: 120_000 }, () => {
  let place: Place
  let server: ServeProcess
  beforeAll(async () => {
    place = await makePlace()
    server = await place.serve()
    await login()
  })
  afterAll(() => place.remove())

  const run = (args: readonly string[], options?: Parameters<Place['run']>[1]): Promise<Outcome> =>
    place.run(['islandora', ...args], options)
  const json = (...args: readonly string[]) => place.json(['islandora', ...args])
  const login = (password: string = ADMINISTRATOR.password): Promise<Outcome> => {
    const account = ['--user', ADMINISTRATOR.email, '--password-stdin', '--json']
    return run(['login', server.url, ...account], { input: password })
  }
  const create = async (label: string): Promise<string> => {
    const { code, stdout } = await run(['object', 'create', '--namespace', 'cli', '--label', label])
    expect(code).toBe(0)
    return stdout.trim()
  }
  const failure = ({ code, stderr }: Outcome) => ({ code, error: (JSON.parse(stderr) as Failure).error })
  interface Failure {
    readonly error: { readonly code: string; readonly status?: number }
  }
  const write = (name: string, content: string | Uint8Array) =>
    writeFile(join(place.directory, name), content)
  const read = (name: string) => readFile(join(place.directory, name))

  it('keep their session for its owner alone', async () => {
    const outcome = await login()
    expect(JSON.parse(outcome.stdout)).toEqual({ site: server.url, user: ADMINISTRATOR.email })
    const file = join(place.directory, '.config/hexapla/islandora.json')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readFile(file, 'utf8')).not.toContain(ADMINISTRATOR.password)
    expect(failure(await login('wrong'))).toMatchObject({ code: 3, error: { code: 'login_refused' } })
    expect((await run(['login', 'nonsense', '--user', 'x', '--password-stdin'], { input: 'x' })).code).toBe(2)
    expect((await run(['login', server.url, '--user', 'x'])).code).toBe(2)
  })

  it('refuse without a session, and after its end', async () => {
    const settings = { XDG_CONFIG_HOME: join(place.directory, 'elsewhere') }
    const without = await run(['object', 'get', 'cli:1', '--json'], { settings })
    expect(failure(without)).toMatchObject({ code: 3, error: { code: 'NOT_LOGGED_IN' } })
    expect((await run(['logout'])).code).toBe(0)
    expect((await run(['logout'])).code).toBe(3)
    expect((await login()).code).toBe(0)
  })

  it('make, read, change and delete objects', async () => {
    const pid = await create('A map')
    expect(pid).toMatch(/^cli:\d+$/)
    const changed = await json('object', 'set', pid, '--label', 'Two maps', '--state', 'I')
    expect(changed).toMatchObject([{ pid, label: 'Two maps', state: 'I', owner: ADMINISTRATOR.email }])
    expect(await json('object', 'get', pid)).toMatchObject([{ pid, label: 'Two maps', models: [] }])
    const other = await json('object', 'create', '--pid', 'cli:own', '--owner', 'Nobody')
    expect(other).toMatchObject([{ pid: 'cli:own', owner: 'Nobody' }])
    expect((await run(['object', 'delete', pid, 'cli:own'])).stdout).toBe(`deleted ${pid}\ndeleted cli:own\n`)
    const missing = await run(['object', 'get', pid, '--json'])
    expect(failure(missing)).toMatchObject({ code: 4, error: { code: 'http_error', status: 404 } })
  })

  it('move contents, with their versions', async () => {
    const pid = await create('Contents')
    const bytes = randomBytes(3_000_000)
    await write('map.tif', bytes)
    const options = ['--label', 'The map', '--checksum-type', 'SHA-256', '--mime-type', 'image/tiff']
    const [made] = await json('datastream', 'put', pid, 'OBJ', 'map.tif', ...options)
    expect(made).toMatchObject({ dsid: 'OBJ', label: 'The map', mimeType: 'image/tiff', size: bytes.length })
    const [saved] = await json('datastream', 'get', pid, 'OBJ', '-o', 'back.tif')
    expect(saved).toMatchObject({ size: bytes.length, checksum: { algorithm: 'sha256' } })
    expect(await read('back.tif')).toEqual(bytes)
    const again = await run(['datastream', 'get', pid, 'OBJ', '-o', 'back.tif', '--json'])
    expect(failure(again)).toMatchObject({ code: 1, error: { code: 'FILE_EXISTS' } })

    const input = 'another map'
    const piped = await run(['datastream', 'put', pid, 'OBJ', '-', '--mime-type', 'text/plain'], { input })
    expect(piped).toMatchObject({ code: 0, stdout: `${pid}  OBJ  text/plain  11 B\n` })
    expect((await run(['datastream', 'get', pid, 'OBJ'])).stdout).toBe(input)
    const [former] = await json('datastream', 'versions', pid, 'OBJ')
    expect(former).toMatchObject({ mimeType: 'image/tiff', size: bytes.length })
    const at = String(former?.['created'])
    const options2 = ['--at', at, '-o', 'back.tif', '--force']
    expect((await run(['datastream', 'get', pid, 'OBJ', ...options2])).code).toBe(0)
    expect(await read('back.tif')).toEqual(bytes)
    expect((await run(['datastream', 'delete', pid, 'OBJ', '--at', at])).code).toBe(0)
    expect(await json('datastream', 'versions', pid, 'OBJ')).toEqual([])
  })

  it('change and list datastreams', async () => {
    const pid = await create('Datastreams')
    await write('note.txt', 'a note')
    const none = await run(['datastream', 'put', pid, 'NOTE', '--label', 'x', '--json'])
    expect(failure(none)).toMatchObject({ code: 2, error: { code: 'USAGE' } })
    await json('datastream', 'put', pid, 'NOTE', 'note.txt', '--control-group', 'M')
    const group = await run(['datastream', 'put', pid, 'NOTE', '--control-group', 'M'])
    expect(group.code).toBe(2)
    expect((await run(['datastream', 'put', pid, 'NOTE'])).code).toBe(2)
    expect((await run(['datastream', 'put', pid, 'NOTE', 'absent.txt'])).code).toBe(1)
    const change = ['--label', 'A note', '--state', 'I', '--no-versionable']
    const changed = await json('datastream', 'put', pid, 'NOTE', ...change)
    expect(changed).toMatchObject([{ label: 'A note', state: 'I', versionable: false }])
    expect(await json('datastream', 'info', pid, 'NOTE')).toEqual(changed)

    const { stdout } = await run(['datastream', 'list', pid])
    const rows = stdout.trimEnd().split('\n')
    expect(rows.map((row) => row.split('\t')[0])).toEqual(expect.arrayContaining(['DC', 'NOTE']))
    expect(rows.find((row) => row.startsWith('NOTE'))).toMatch(
      /^NOTE\ttext\/plain\t6 B\tM\tI\t20\d\d-.*Z\tA note$/,
    )
    expect((await run(['datastream', 'delete', pid, 'NOTE'])).stdout).toBe(`deleted ${pid} NOTE\n`)
    expect((await run(['datastream', 'info', pid, 'NOTE'])).code).toBe(4)
  })

  it('tell what the site is, keep addresses, and make tokens', async () => {
    expect(await json('describe')).toMatchObject([{ user: { name: ADMINISTRATOR.email } }])
    const pid = await create('Elsewhere')
    const url = 'https://films.example.org/coast'
    const link = await json('datastream', 'put', pid, 'FILM', '--url', url, '--control-group', 'R')
    expect(link).toMatchObject([{ dsid: 'FILM', controlGroup: 'R' }])
    expect((await run(['datastream', 'put', pid, 'FILM', 'a.mp4', '--url', url])).code).toBe(2)
    await run(['datastream', 'put', pid, 'NOTE', '-'], { input: 'a note' })
    const { stdout: token } = await run(['datastream', 'token', pid, 'NOTE'])
    const note = `${server.url}/islandora/rest/v1/object/${pid}/datastream/NOTE?token=${token.trim()}`
    expect(await (await fetch(note)).text()).toBe('a note')
    expect((await fetch(note)).status).toBe(401)
    expect((await run(['datastream', 'token', pid, 'NOTE', '--uses', '0'])).code).toBe(2)
  })

  it('add, list and remove relationships', async () => {
    const pid = await create('Relationships')
    const model = ['fedora-model:hasModel', 'islandora:sp_pdf'] as const
    expect((await run(['relationship', 'add', pid, ...model])).code).toBe(0)
    expect((await run(['relationship', 'list', pid, model[0]])).stdout).toBe(`${model.join('\t')}\t\n`)
    expect(await json('relationship', 'list', pid, ...model)).toMatchObject([
      { predicate: { value: 'hasModel' }, object: { literal: false, value: 'islandora:sp_pdf' } },
    ])
    expect((await run(['relationship', 'remove', pid])).code).toBe(2)
    expect((await run(['relationship', 'remove', pid, model[0], '--all'])).code).toBe(2)
    expect((await run(['relationship', 'add', pid, 'hasModel', 'x:1'])).code).toBe(2)
    expect((await run(['relationship', 'remove', pid, ...model])).code).toBe(0)
    expect(await json('relationship', 'list', pid)).toEqual([])
  })

  it('search page by page and over everything', async () => {
    const made = []
    for (const letter of ['a', 'b', 'c']) made.push(await create(`Sought ${letter}`))
    const query = 'fgs_label_s:Sought*'
    const page = await run(['search', query, '--rows', '2', '--sort', 'fgs_label_s desc'])
    expect(page.stdout).toBe(`${made[2]}\tSought c\n${made[1]}\tSought b\n`)
    expect(page.stderr).toContain('2 of 3 found: go on with --start 2')
    expect((await run(['search', query, '--start', '2', '--fl', 'PID'])).stdout.trim()).toMatch(/^cli:\d+$/)
    const all = await run(['search', query, '--all', '--fl', 'PID', '--json'])
    expect(jsonLines(all.stdout)).toEqual(made.map((PID) => ({ PID })))
    const narrow = ['--fq', 'fgs_label_s:*a', '--fq', 'PID:cli*', '--fl', '*', '--json']
    expect(jsonLines((await run(['search', query, ...narrow])).stdout)).toMatchObject([
      { PID: made[0], fgs_label_s: 'Sought a', fgs_state_s: 'Active' },
    ])
    expect((await run(['search', query, '--fl', '*'])).code).toBe(2)
    expect((await run(['search', query, '--all', '--rows', '2'])).code).toBe(2)
    expect((await run(['search', query, '--rows', '-1'])).code).toBe(2)
    const bad = await run(['search', 'dc.title:"', '--json'])
    expect(failure(bad)).toMatchObject({ code: 1, error: { code: 'http_error', status: 400 } })
  })

  it('take an account from the environment, or nobody', async () => {
    const session = new DSpaceSession(`${server.url}/server`, ADMINISTRATOR)
    const response = await session.post('/api/authn/tokens', { json: { name: 'cli', scope: 'admin' } })
    const { token } = (await response.json()) as { token: string }
    const settings = {
      HEXAPLA_ISLANDORA: server.url,
      HEXAPLA_USER: ADMINISTRATOR.email,
      HEXAPLA_TOKEN: token,
      XDG_CONFIG_HOME: join(place.directory, 'elsewhere'),
    }
    const made = await run(['object', 'create', '--json'], { settings })
    const { pid, owner } = JSON.parse(made.stdout) as { pid: string; owner: string }
    expect(owner).toBe(ADMINISTRATOR.email)
    const visitor = { HEXAPLA_ISLANDORA: server.url }
    expect((await run(['object', 'get', pid], { settings: visitor })).code).toBe(0)
    expect((await run(['object', 'delete', pid], { settings: visitor })).code).toBe(3)
    const nobody = { HEXAPLA_ISLANDORA: 'http://127.0.0.1:9' }
    expect((await run(['object', 'get', pid], { settings: nobody })).code).toBe(8)
    const half = { HEXAPLA_ISLANDORA: server.url, HEXAPLA_TOKEN: token }
    expect((await run(['object', 'get', pid], { settings: half })).code).toBe(3)
  })

  it.each([[], ['object'], ['datastream'], ['relationship'], ['search']])(
    'show examples: %s',
    async (...noun) => {
      const { code, stdout } = await run([...noun, '--help'])
      expect(code).toBe(0)
      expect(stdout).toContain('Examples:')
    },
  )
})
