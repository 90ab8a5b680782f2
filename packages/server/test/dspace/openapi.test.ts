import { ADMINISTRATOR, buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import {
  loadSpecification,
  RestServer,
  validatingFetch,
  type OpenApiDocument,
  type OperationObject,
} from '@hexapla/rest'
import { metadataValue, SYSTEM_ACTOR } from '@hexapla/repository'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startServices, WORK, type ExternalServices } from './external/services.ts'
import { RawSession } from './raw-session.ts'

/** What the API says of itself, held against its routes and its answers. */

const VERBS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'] as const

let services: ExternalServices
let server: TestServer
let document: OpenApiDocument
/** Every route, with the verbs of its class. */
let routes: readonly (readonly [path: string, verbs: readonly string[]])[]

beforeAll(async () => {
  const addRoute = vi.spyOn(RestServer.prototype, 'addRoute')
  services = await startServices()
  server = await startTestServer(services.settings)
  routes = addRoute.mock.calls.map(([path, Handler]) => [
    path,
    VERBS.filter((verb) => verb in Handler.prototype),
  ])
  // Other dialects are other APIs.
  routes = routes.filter(([path]) => path === '/server' || path.startsWith('/server/'))
  addRoute.mockRestore()
  document = (await (await fetch(`${server.url}/server/openapi.json`)).json()) as OpenApiDocument
})
afterAll(async () => {
  await server.stop()
  await services.stop()
})

function operations(): [name: string, operation: OperationObject][] {
  return Object.entries(document.paths)
    .flatMap(([path, item]) =>
      VERBS.flatMap((verb) => (item[verb] === undefined ? [] : [[`${verb} ${path}`, item[verb]] as const])),
    )
    .map(([name, operation]) => [name, operation])
}

test('every address of the dialect is in it, with its verbs', () => {
  const described = Object.entries(document.paths).map(([path, item]) => [path, Object.keys(item)])
  expect(described).toEqual(routes.map(([path, verbs]) => [path.replaceAll(/:(\w+)/g, '{$1}'), verbs]))
  expect(described.length).toBeGreaterThan(140)
})

test('every operation has a line that says what it does, and a noun', () => {
  const mute = operations().filter(([, { summary = '', tags = [] }]) => summary === '' || tags.length !== 1)
  expect(mute.map(([name]) => name)).toEqual([])
  const names = new Set(document.tags?.map(({ name }) => name))
  expect(operations().filter(([, { tags = [] }]) => !names.has(tags[0] ?? ''))).toEqual([])
})

test('it is valid, and all that it refers to is in it', async () => {
  await expect(loadSpecification(document)).resolves.toBeDefined()
  const security = operations().flatMap(([, operation]) => operation.security ?? [])
  const schemes = Object.keys(document.components.securitySchemes)
  for (const name of security.flatMap((requirement) => Object.keys(requirement)))
    expect(schemes).toContain(name)
})

test('what needs a person says so', () => {
  const open = operations().filter(([name, { security }]) => {
    const writes = /^(?:post|put|patch|delete) /.test(name)
    return writes && JSON.stringify(security) !== '[{"bearer":[]}]'
  })
  expect(open.map(([name]) => name)).toEqual([
    'post /server/api/authn/login',
    'post /server/api/authn/logout',
  ])
})

test('answers are what it says, of every address that can be read', async () => {
  const build = buildersFor(server.repository)
  const top = await build.community('Top')
  const sub = await build.community('Sub', top.id)
  const collection = await build.collection('Collection', sub.id)
  const { collections, relationships } = server.repository.useCases
  const template = await collections.createTemplate(SYSTEM_ACTOR, {
    collectionId: collection.id,
    metadata: {},
  })
  const typed = (type: string) => ({ 'dspace.entity.type': [metadataValue(type)] })
  const item = await build.item('Work', collection.id, typed('Publication'))
  const author = await build.item('Author', collection.id, typed('Person'))
  await relationships.create(SYSTEM_ACTOR, {
    typeId: 1,
    leftItemId: item.id,
    rightItemId: author.id,
    leftwardValue: null,
    rightwardValue: null,
  })
  const bundle = await build.bundle(item.id)
  const file = await build.file(bundle.id, 'words.txt', 'words')
  await server.session().post('/api/authn/tokens', { json: { name: 'reader' } })
  const raw = new RawSession(server.api)
  await raw.logIn(ADMINISTRATOR)
  const ask = validatingFetch(await loadSpecification(document))
  const read = async (target: string) =>
    await ask(server.url + target, { headers: { authorization: `Bearer ${raw.token}` }, redirect: 'manual' })

  const listed = async (target: string) => {
    const { _embedded = {} } = (await (await read(`/server/api/${target}`)).json()) as {
      _embedded?: Record<string, { id: string; name?: string }[]>
    }
    return Object.values(_embedded)[0] ?? []
  }
  const first = async (target: string) => (await listed(target))[0]?.id ?? ''
  const person = await first('eperson/epersons')
  const group = await first('eperson/groups')
  const known: Readonly<Record<string, string>> = {
    communities: sub.id,
    collections: collection.id,
    items: item.id,
    itemtemplates: template.id,
    bundles: bundle.id,
    bitstreams: file.id,
    epersons: person,
    groups: group,
    resourcepolicies: await first(`authz/resourcepolicies/search/resource?uuid=${item.id}`),
    sites: await first('core/sites'),
    tokens: await first('authn/tokens'),
  }
  const queries: Readonly<Record<string, string>> = {
    'dso/find': `uuid=${item.id}`,
    'pid/find': `id=${item.handle}`,
    'tokens/search/byEPerson': `uuid=${person}`,
    'search/eperson': `uuid=${person}`,
    'search/group': `uuid=${group}`,
    'search/resource': `uuid=${item.id}`,
    bySchema: 'schema=dc',
    findSubmitAuthorizedByEntityType: 'entityType=Publication',
    findSubmitAuthorizedByCommunity: `uuid=${top.id}`,
    findSubmitAuthorizedByCommunityAndEntityType: `uuid=${top.id}&entityType=Publication`,
    findByCustomURL: `q=${item.id}`,
    byEntityType: 'type=Publication',
    findByEntityType: 'entityType=Publication',
    entries: 'query=words',
    byLabel: 'label=isAuthorOfPublication',
    byItemsAndType: `typeId=1&relationshipLabel=isAuthorOfPublication&focusItem=${item.id}&relatedItem=${author.id}`,
    byItemHandle: `handle=${item.handle}&filename=words.txt`,
  }

  const unread: string[] = []
  const failed: string[] = []
  for (const [path] of Object.entries(document.paths).filter(([, item]) => item.get !== undefined)) {
    const noun = path.split('/').find((part) => part in known) ?? ''
    const target = path
      .replace('{id}', known[noun] ?? '1')
      .replace('{label}', 'Publication')
      .replace('{source}', 'crossref')
      .replace('{entryId}', encodeURIComponent(WORK.DOI))
      .replace('{component}', 'db')
      .replace('{file}', 'browser.css')
    const query = Object.entries(queries).find(([end]) => path.endsWith(`/${end}`))?.[1]
    try {
      const response = await read(query === undefined ? target : `${target}?${query}`)
      if (response.status >= 400) unread.push(`${path} ${response.status}`)
    } catch (error) {
      failed.push(`${path} ${String(error)}`)
    }
  }
  expect(failed).toEqual([])
  expect(unread).toEqual([])
})

test('changes are answered as it says', async () => {
  const raw = new RawSession(server.api)
  await raw.logIn(ADMINISTRATOR)
  const ask = validatingFetch(await loadSpecification(document))
  const send = async (method: string, path: string, type?: string, body?: string) => {
    const headers = {
      authorization: `Bearer ${raw.token}`,
      ...(type !== undefined && { 'content-type': type }),
    }
    return await ask(`${server.api}/${path}`, { method, headers, ...(body !== undefined && { body }) })
  }
  const titled = (title: string) => JSON.stringify({ metadata: { 'dc.title': [{ value: title }] } })
  const created = await send('POST', 'core/communities', 'application/json', titled('New'))
  const { id } = (await created.json()) as { id: string }
  const patch = JSON.stringify([{ op: 'replace', path: '/metadata/dc.title/0/value', value: 'Newer' }])
  const changes = [
    created,
    await send('PATCH', `core/communities/${id}`, 'application/json-patch+json', patch),
    await send('POST', `core/communities/${id}/adminGroup`, 'application/json', '{}'),
    await send('DELETE', `core/communities/${id}/adminGroup`),
    await send('DELETE', `core/communities/${id}`),
    await send(
      'POST',
      'core/metadataschemas',
      'application/json',
      '{"prefix":"me","namespace":"http://me.example"}',
    ),
    await send('POST', 'authn/logout'),
  ]
  expect(changes.map(({ status }) => status)).toEqual([201, 200, 201, 204, 204, 201, 204])
})

test('failures are what it says', async () => {
  const ask = validatingFetch(await loadSpecification(document))
  const at = async (path: string, init?: RequestInit) => (await ask(`${server.api}/${path}`, init)).status
  expect(await at('core/items/11111111-1111-4111-8111-111111111111')).toBe(404)
  expect(await at('core/items')).toBe(401)
  expect(await at('core/communities?page=x')).toBe(400)
  expect(await at('core/communities', { method: 'POST' })).toBe(403)
  const headers = { authorization: 'Bearer nobody' }
  expect(await at('core/communities', { method: 'POST', headers })).toBe(401)
})

test('people have a page of it, to which the browser of the API leads', async () => {
  const page = await fetch(`${server.url}/server/openapi`)
  expect(page.headers.get('content-security-policy')).not.toContain('unsafe')
  const text = await page.text()
  for (const [, { operationId }] of operations()) expect(text).toContain(`id="${operationId}"`)
  expect(await (await fetch(`${server.url}/server/`)).text()).toContain('<a href="openapi">')
})
