import {
  loadSpecification,
  RestServer,
  validatingFetch,
  type OpenApiDocument,
  type OperationObject,
} from '@hexapla/rest'
import { ADMINISTRATOR, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { basic, tokenOf } from './islandora-client.ts'

/** What the dialect says of itself, held against its routes and its answers. */

const VERBS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'] as const
const ROOT = '/islandora/rest/v1'

let server: TestServer
let document: OpenApiDocument
/** Every address, with the verbs of its class. */
let routes: readonly (readonly [path: string, verbs: readonly string[]])[]
let credentials: Record<string, string>

beforeAll(async () => {
  const addRoute = vi.spyOn(RestServer.prototype, 'addRoute')
  server = await startTestServer()
  routes = addRoute.mock.calls
    .map(([path, Handler]) => [path, VERBS.filter((verb) => verb in Handler.prototype)] as const)
    .filter(([path]) => path.startsWith('/user/') || path.startsWith(ROOT))
  addRoute.mockRestore()
  document = (await (await fetch(`${server.url}/islandora/openapi.json`)).json()) as OpenApiDocument
  credentials = basic(ADMINISTRATOR.email, await tokenOf(server))
})
afterAll(() => server.stop())

function operations(): [name: string, operation: OperationObject][] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    VERBS.flatMap((verb) =>
      item[verb] === undefined ? [] : [[`${verb} ${path}`, item[verb]] as [string, OperationObject]],
    ),
  )
}

test('every address of the dialect is in it, with its verbs; a slash at the end adds nothing', () => {
  const addresses = routes.filter(([path]) => !path.endsWith('/'))
  const described = Object.entries(document.paths).map(([path, item]) => [path, Object.keys(item)])
  expect(described).toEqual(
    addresses.map(([path, verbs]) => [path.replaceAll(/:(\w+)/g, '{$1}').replace('*', '{rest}'), verbs]),
  )
  const twins = addresses.filter(([path]) => !path.endsWith('*')).map(([path, verbs]) => [`${path}/`, verbs])
  expect(routes.filter(([path]) => path.endsWith('/'))).toEqual(twins)
})

test('every operation has a line that says what it does, and a noun', () => {
  const names = new Set(document.tags?.map(({ name }) => name))
  for (const [name, { summary = '', tags = [] }] of operations()) {
    expect([name, summary !== '', tags.length === 1 && names.has(tags[0] ?? '')]).toEqual([name, true, true])
  }
})

test('what changes something says that it takes a person', () => {
  const writes = operations().filter(([name]) => !name.startsWith('get '))
  const open = writes.filter(([, { security }]) => security === undefined)
  expect(open.map(([name]) => name)).toEqual(['post /user/login'])
})

test('people have a page of it', async () => {
  const page = await (await fetch(`${server.url}/islandora/openapi`)).text()
  for (const [, { operationId }] of operations()) expect(page).toContain(`id="${operationId}"`)
})

describe('answers are what it says', () => {
  /** Sends a request; what the document does not allow fails. */
  async function asking() {
    const ask = validatingFetch(await loadSpecification(document))
    return async (method: string, path: string, body?: unknown, headers = credentials) => {
      const isForm = body instanceof FormData
      const response = await ask(server.url + (path.startsWith('/') ? path : `${ROOT}/${path}`), {
        method,
        headers: { ...headers, ...(body !== undefined && !isForm && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
      })
      return { status: response.status, text: await response.text() }
    }
  }
  const form = (fields: Readonly<Record<string, string | File>>): FormData => {
    const data = new FormData()
    for (const [name, value] of Object.entries(fields)) data.append(name, value)
    return data
  }
  const file = (text: string) => new File([text], 'a.txt', { type: 'text/plain' })

  test('of every address and verb', async () => {
    const ask = await asking()
    const seen: Record<string, number> = {}
    const step = async (name: string, ...request: Parameters<typeof ask>) => {
      const { status, text } = await ask(...request)
      seen[name] = status
      return text
    }
    const { email: name, password: pass } = ADMINISTRATOR
    await step('log in', 'POST', '/user/login', { name, pass, form_id: 'user_login' })
    await step('describe', 'GET', ROOT)
    await step('roles', 'GET', 'permission')
    const permission = { role: 'authenticated', permission: 'ISLANDORA_REST_OBJECT_POST_PERM' }
    await step('grant', 'POST', 'permission', permission)
    await step('revoke', 'DELETE', 'permission', permission)
    const object = JSON.parse(await step('create', 'POST', 'object', { label: 'A' })) as { pid: string }
    const at = `object/${object.pid}`
    const stream = `${at}/datastream`
    const triple = {
      uri: 'info:fedora/fedora-system:def/model#',
      predicate: 'hasModel',
      object: 'a:b',
      type: 'uri',
    }
    await step('change', 'PUT', at, { label: 'B' })
    await step('add', 'POST', stream, form({ dsid: 'OBJ', file: file('one') }))
    await step('replace', 'PUT', `${stream}/OBJ`, form({ file: file('two') }))
    await step('properties', 'GET', `${stream}/OBJ?content=false`)
    await step('content', 'GET', `${stream}/OBJ`)
    await step('part', 'GET', `${stream}/OBJ`, undefined, { ...credentials, range: 'bytes=0-1' })
    await step('virtual', 'GET', `${stream}/DC?content=false`)
    await step('virtual content', 'GET', `${stream}/RELS-EXT`)
    await step('change datastream', 'PUT', `${stream}/OBJ`, { label: 'C' })
    await step('by method', 'POST', `${stream}/OBJ`, { method: 'PUT', label: 'D' })
    await step('relate', 'POST', `${at}/relationship`, triple)
    await step('relationships', 'GET', `${at}/relationship`)
    await step('unrelate', 'DELETE', `${at}/relationship`, triple)
    await step('with datastreams', 'GET', at)
    await step('search', 'GET', 'solr/*:*?facet=true&facet.field=dc.title')
    await step('delete datastream', 'DELETE', `${stream}/OBJ`)
    await step('change by method', 'POST', at, { method: 'PUT', label: 'E' })
    await step('delete by method', 'POST', at, form({ method: 'DELETE' }))
    expect(Object.entries(seen).filter(([, status]) => status >= 300)).toEqual([])
  })

  test('of failures too', async () => {
    const ask = await asking()
    expect((await ask('GET', 'object/no:1')).status).toBe(404)
    expect((await ask('POST', 'object', {}, {})).status).toBe(401)
    expect((await ask('POST', 'object', { pid: 'no' })).status).toBe(400)
    expect((await ask('GET', 'solr/a:(')).status).toBe(400)
    expect((await ask('GET', 'permission', undefined, {})).status).toBe(401)
    const foreign = { ...credentials, origin: 'https://evil.example' }
    expect((await ask('POST', 'object', {}, foreign)).status).toBe(403)
  })
})
