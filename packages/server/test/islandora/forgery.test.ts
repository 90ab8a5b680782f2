import { ADMINISTRATOR, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { administratorClient, islandoraClient, type IslandoraClient } from './islandora-client.ts'

/** What pages of other sites could have a browser send, with the cookie that it keeps. */

const TRIPLE = {
  uri: 'info:fedora/fedora-system:def/model#',
  predicate: 'hasModel',
  object: 'a:b',
  type: 'uri',
}
const FORM = 'application/x-www-form-urlencoded'

let server: TestServer
let cookie: string
let admin: IslandoraClient
let pid: string

beforeAll(async () => {
  server = await startTestServer({ HEXAPLA_ALLOWED_ORIGINS: 'https://ui.example' })
  admin = await administratorClient(server)
  const { headers } = await islandoraClient(server).form('POST', '/user/login', {
    name: ADMINISTRATOR.email,
    pass: ADMINISTRATOR.password,
    form_id: 'user_login',
  })
  cookie = headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  pid = ((await admin.json('POST', 'object', { label: 'Kept' })).json as { pid: string }).pid
  const file = new File(['kept'], 'a.txt', { type: 'text/plain' })
  await admin.form('POST', `object/${pid}/datastream`, { dsid: 'OBJ', file })
})
afterAll(() => server.stop())

/** Every request that changes something: method, path, body and the type of the body. */
const CHANGES: Readonly<Record<string, () => readonly [string, string, (string | FormData)?, string?]>> = {
  'POST object': () => ['POST', 'object', JSON.stringify({ label: 'Forged' }), 'application/json'],
  'POST object/': () => ['POST', 'object/', 'label=Forged', FORM],
  'POST object as plain text': () => ['POST', 'object', JSON.stringify({ label: 'Forged' }), 'text/plain'],
  'POST object without a body': () => ['POST', 'object'],
  'PUT object': () => ['PUT', `object/${pid}`, JSON.stringify({ label: 'Forged' }), 'application/json'],
  'DELETE object': () => ['DELETE', `object/${pid}`],
  'PUT object by POST': () => ['POST', `object/${pid}`, 'method=PUT&label=Forged', FORM],
  'DELETE object by POST': () => ['POST', `object/${pid}`, 'method=DELETE', FORM],
  'DELETE object by POST as plain text': () => ['POST', `object/${pid}`, '{"method":"DELETE"}', 'text/plain'],
  'DELETE object by a spelling': () => ['POST', `object/${pid}/`, form({ method: 'DELETE' })],
  'POST datastream': () => ['POST', `object/${pid}/datastream`, form({ dsid: 'TN', file: 'forged' })],
  'PUT datastream': () => ['PUT', `object/${pid}/datastream/OBJ`, '{"label":"Forged"}', 'application/json'],
  'PUT datastream by POST': () => ['POST', `object/${pid}/datastream/OBJ`, form({ file: 'forged' })],
  'DELETE datastream': () => ['DELETE', `object/${pid}/datastream/OBJ`],
  'DELETE datastream by POST': () => ['POST', `object/${pid}/datastream/OBJ`, 'method=DELETE', FORM],
  'POST relationship': () => ['POST', `object/${pid}/relationship`, JSON.stringify(TRIPLE), 'text/plain'],
  'DELETE relationship': () => ['DELETE', `object/${pid}/relationship`, '{}', 'application/json'],
  'DELETE relationship by POST': () => ['POST', `object/${pid}/relationship`, 'method=DELETE', FORM],
  'POST permission': () => [
    'POST',
    'permission',
    'role=authenticated&permission=ISLANDORA_REST_OBJECT_POST_PERM',
    FORM,
  ],
  'DELETE permission': () => ['DELETE', 'permission', '{}', 'application/json'],
}

function form(fields: Readonly<Record<string, string>>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'file') data.append(name, new File([value], 'a.txt'))
    else data.append(name, value)
  }
  return data
}

const FOREIGN: Readonly<Record<string, Record<string, string>>> = {
  'another origin': { origin: 'https://evil.example' },
  'no origin at all (a sandboxed frame)': { origin: 'null' },
  'another site, by Sec-Fetch-Site alone': { 'sec-fetch-site': 'cross-site' },
  'a neighbour of the same site': { 'sec-fetch-site': 'same-site' },
  'the same host over another scheme': { origin: 'https://127.0.0.1' },
}

const send = (name: string, headers: Record<string, string>) => {
  const [method, path, body, type] = CHANGES[name]?.() ?? ['', '']
  return islandoraClient(server, { cookie, ...headers }).send(method, path, {
    ...(body !== undefined && { body }),
    ...(type !== undefined && { headers: { 'content-type': type } }),
  })
}

describe.each(Object.keys(FOREIGN))('from %s', (place) => {
  test.each(Object.keys(CHANGES))('%s is refused', async (name) => {
    const { status, json } = await send(name, FOREIGN[place] ?? {})
    expect([status, json]).toEqual([403, { message: expect.any(String) }])
  })
})

test('nothing of all that has changed anything', async () => {
  const { json } = await admin.send('GET', `object/${pid}`)
  expect(json).toMatchObject({ label: 'Kept', state: 'A', models: [] })
  expect((await admin.send('GET', `object/${pid}/datastream/OBJ`)).text).toBe('kept')
  expect((await admin.send('GET', `object/${pid}/datastream/TN`)).status).toBe(404)
  expect((await admin.send('GET', 'solr/fgs_label_s:Forged?rows=0')).json).toMatchObject({
    response: { numFound: 0 },
  })
})

test.each([
  ['this site', () => ({ origin: server.url })],
  ['this site, by Sec-Fetch-Site', () => ({ 'sec-fetch-site': 'same-origin' })],
  ['an allowed origin', () => ({ origin: 'https://ui.example', 'sec-fetch-site': 'cross-site' })],
  ['no page, as curl', () => ({})],
])('from %s it is taken', async (_name, headers) => {
  expect((await send('POST object', headers())).status).toBe(201)
})

test('reading is open to other sites: what it answers, they do not get to see', async () => {
  const { status, headers } = await islandoraClient(server, { cookie, origin: 'https://evil.example' }).send(
    'GET',
    `object/${pid}`,
  )
  expect(status).toBe(200)
  expect(headers.get('access-control-allow-origin')).toBeNull()
})
