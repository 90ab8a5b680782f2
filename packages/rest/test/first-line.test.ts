import { afterAll, beforeAll, expect, test } from 'vitest'
import { ArgumentHandler, HttpError, integer, RestHandler, RestServer, StateKey, string } from '@hexapla/rest'

const actorKey = new StateKey<string>('actor')
const listing = new ArgumentHandler('query')
  .add('page', { type: integer({ min: 0 }), default: 0 })
  .add('embed', { type: string(), nargs: '*', default: [] })

class Fruit extends RestHandler<{ store: Map<string, unknown> }> {
  override get() {
    const { page, embed } = listing.parseQuery(this.request)
    const fruit = this.deps.store.get(this.request.param('name'))
    if (fruit === undefined) throw new HttpError(404, 'fruit-unknown', 'no such fruit')
    return { fruit, page, embed, actor: this.request.state.require(actorKey) }
  }

  override async put() {
    this.deps.store.set(this.request.param('name'), await this.request.json())
  }

  override delete() {
    throw new Error('secret')
  }
}

class Upload extends RestHandler {
  override async post() {
    const seen: unknown[] = []
    for await (const part of this.request.multipart()) {
      if (part.kind === 'field') seen.push([part.name, part.value])
      else {
        let size = 0
        for await (const chunk of part.stream) size += (chunk as Buffer).length
        seen.push([part.name, part.filename, part.type, size])
      }
    }
    this.response.status(201)
    return seen
  }
}

const server = new RestServer()
let url = ''
beforeAll(async () => {
  server.addRoute('/fruits/:name', Fruit, { deps: { store: new Map() } })
  server.addRoute('/upload', Upload)
  server.before((request) => request.state.set(actorKey, request.header('x-actor') ?? 'nobody'))
  ;({ url } = await server.startup({ address: '127.0.0.1', port: 0 }))
})
afterAll(async () => await server.stop())

test('a resource is written and read', async () => {
  const put = await fetch(`${url}/fruits/b%C3%A4r`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '{"a":1}',
  })
  expect(put.status).toBe(204)
  const got = await fetch(`${url}/fruits/b%C3%A4r?page=3&embed=a&embed=b`, { headers: { 'x-actor': 'me' } })
  expect(got.headers.get('content-type')).toBe('application/json')
  expect(await got.json()).toEqual({ fruit: { a: 1 }, page: 3, embed: ['a', 'b'], actor: 'me' })
  const head = await fetch(`${url}/fruits/b%C3%A4r`, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '54'])
})

test.each([
  ['GET', '/fruits/kiwi', 404, 'fruit-unknown'],
  ['GET', '/fruits/kiwi?page=x', 400, 'invalid-arguments'],
  ['POST', '/fruits/kiwi', 405, 'method-not-allowed'],
  ['DELETE', '/fruits/kiwi', 500, 'internal-error'],
  ['GET', '/nowhere', 404, 'path-unknown'],
  ['GET', '/fruits/%zz', 400, 'malformed-path'],
  ['PROPFIND', '/fruits/kiwi', 501, 'method-unknown'],
])('%s %s is refused with %i', async (method, path, status, code) => {
  const response = await fetch(url + path, { method })
  const body = (await response.json()) as { code: string }
  expect([response.status, body.code]).toEqual([status, code])
})

test('a form with a file is streamed', async () => {
  const form = new FormData()
  form.set('name', 'Ünï')
  form.set('file', new File([new Uint8Array(300_000)], 'ä b.bin', { type: 'application/pdf' }))
  const response = await fetch(`${url}/upload`, { method: 'POST', body: form })
  expect(response.status).toBe(201)
  expect(await response.json()).toEqual([
    ['name', 'Ünï'],
    ['file', 'ä b.bin', 'application/pdf', 300_000],
  ])
})
