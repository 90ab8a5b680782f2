import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPerson } from '../dspace/raw-session.ts'
import {
  administratorClient,
  basic,
  islandoraClient,
  tokenOf,
  type IslandoraClient,
} from './islandora-client.ts'

const JANE = { email: 'jane@example.org', password: 'a long enough passphrase' }

let now = new Date('2026-11-22T12:00:00.000Z')
let server: TestServer
let admin: IslandoraClient
let jane: IslandoraClient
let anonymous: IslandoraClient
let build: ReturnType<typeof buildersFor>
let janeId: string
beforeAll(async () => {
  server = await startTestServer({}, { clock: () => now })
  build = buildersFor(server.repository)
  admin = await administratorClient(server)
  anonymous = islandoraClient(server)
  janeId = await createPerson(server.session(), JANE)
  jane = islandoraClient(server, basic(JANE.email, await tokenOf(server, 'write', JANE)))
})
afterAll(() => server.stop())

/** The path of a datastream that administrators alone may read. */
async function hiddenDatastream(): Promise<string> {
  const item = await build.item()
  await build.file((await build.bundle(item.id, 'LICENSE')).id)
  return `object/${item.pid}/datastream/LICENSE`
}
async function tokenFor(path: string, uses?: number): Promise<string> {
  const answer = await admin.send('GET', `${path}/token${uses === undefined ? '' : `?uses=${uses}`}`)
  expect(answer).toMatchObject({ status: 200, json: { uses: uses ?? 1, expires: expect.any(String) } })
  expect(answer.headers.get('cache-control')).toBe('no-store')
  return (answer.json as { token: string }).token
}

test('a token lets its bearer read the one datastream, as often as it says', async () => {
  const path = await hiddenDatastream()
  const token = await tokenFor(path, 2)
  expect((await anonymous.send('GET', path)).status).toBe(401)
  const read = await anonymous.send('GET', `${path}?token=${token}`)
  expect(read.status).toBe(200)
  expect(read.text).toBe((await admin.send('GET', path)).text)
  expect((await anonymous.send('GET', `${path}?token=${token}&content=false`)).status).toBe(200)
  expect((await anonymous.send('GET', `${path}?token=${token}`)).status).toBe(401)
})

test('of many readers at once, as many succeed as uses are left', async () => {
  const path = await hiddenDatastream()
  const token = await tokenFor(path, 5)
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => anonymous.send('GET', `${path}?token=${token}`)),
  )
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(5)
  expect(statuses.filter((status) => status === 401)).toHaveLength(15)
})

test('it is good for five minutes, for no other datastream, and for nothing but reading', async () => {
  const [path, other] = [await hiddenDatastream(), await hiddenDatastream()]
  const token = await tokenFor(path, 10)
  expect((await anonymous.send('GET', `${other}?token=${token}`)).status).toBe(401)
  expect((await anonymous.send('DELETE', `${path}?token=${token}`)).status).toBe(401)
  expect((await anonymous.send('GET', `${path}?token=none`)).status).toBe(401)
  expect((await anonymous.send('GET', `${path}?token=`)).status).toBe(401)
  now = new Date(now.getTime() + 4 * 60_000)
  expect((await anonymous.send('GET', `${path}?token=${token}`)).status).toBe(200)
  now = new Date(now.getTime() + 60_000)
  expect((await anonymous.send('GET', `${path}?token=${token}`)).status).toBe(401)
})

test.each(['DC', 'RELS-EXT'])(
  '%s of an object that others may not read is read by a token, too',
  async (dsid) => {
    const pid = ((await admin.send('POST', 'object')).json as { pid: string }).pid
    await admin.json('PUT', `object/${pid}`, { state: 'D' })
    const path = `object/${pid}/datastream/${dsid}`
    const other = `object/${pid}/datastream/${dsid === 'DC' ? 'RELS-EXT' : 'DC'}`
    expect((await anonymous.send('GET', path)).status).toBe(401)
    expect((await jane.send('GET', `${path}/token`)).status).toBe(403)
    const token = await tokenFor(path, 3)
    expect((await anonymous.send('GET', `${other}?token=${token}`)).status).toBe(401)
    expect((await anonymous.send('PUT', `${path}?token=${token}`)).status).toBe(401)
    const read = await anonymous.send('GET', `${path}?token=${token}`)
    expect(read).toMatchObject({ status: 200, text: (await admin.send('GET', path)).text })
    expect((await anonymous.send('GET', `${path}?content=false&token=${token}`)).json).toMatchObject({ dsid })
    expect((await anonymous.send('HEAD', `${path}?token=${token}`)).status).toBe(200)
    expect((await anonymous.send('GET', `${path}?token=${token}`)).status).toBe(401)
    expect((await admin.send('GET', `object/none:1/datastream/${dsid}?token=${token}`)).status).toBe(404)
  },
)

test('whoever may not read gets none; it reads no more than whoever made it may now', async () => {
  const path = await hiddenDatastream()
  expect((await jane.send('GET', `${path}/token`)).status).toBe(403)
  expect((await anonymous.send('GET', `${path}/token`)).status).toBe(401)
  expect((await admin.send('GET', `${path.replace('LICENSE', 'OBJ')}/token`)).status).toBe(404)
  for (const uses of ['0', '-1', '1001', '1.5', 'many']) {
    expect((await admin.send('GET', `${path}/token?uses=${uses}`)).status).toBe(400)
  }
  const pid = ((await admin.send('POST', 'object')).json as { pid: string }).pid
  const open = `object/${pid}/datastream/OBJ`
  await admin.form('POST', `object/${pid}/datastream`, { dsid: 'OBJ', file: new File(['open'], 'a.txt') })
  const token = ((await jane.send('GET', `${open}/token?uses=9`)).json as { token: string }).token
  expect((await anonymous.send('GET', `${open}?token=${token}`)).text).toBe('open')
  const patch = [{ op: 'replace', path: '/canLogIn', value: false }]
  await server.session().patch(`/api/eperson/epersons/${janeId}`, { json: patch })
  expect((await anonymous.send('GET', `${open}?token=${token}`)).status).toBe(401)
})

test('a token is good for what has its name, and ends with the object', async () => {
  const path = await hiddenDatastream()
  const token = await tokenFor(path, 5)
  expect((await admin.send('DELETE', path)).status).toBe(200)
  expect((await anonymous.send('GET', `${path}?token=${token}`)).status).toBe(404)
  expect((await admin.send('DELETE', path.replace(/.datastream.*/, ''))).status).toBe(200)
  expect((await anonymous.send('GET', `${path}?token=${token}`)).status).toBe(404)
})

test('its text is kept nowhere', async () => {
  const token = await tokenFor(await hiddenDatastream())
  const client = new Client({ connectionString: server.environment['DATABASE_URL'] })
  await client.connect()
  const { rows } = await client.query<{ row: string }>('select t::text as row from datastream_token t')
  await client.end()
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.some(({ row }) => row.includes(token))).toBe(false)
})
