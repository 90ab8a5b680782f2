/* The cases of rest-tools' integrate_openapi in our words, over HTTP. */
import {
  ArgumentHandler,
  HttpError,
  loadSpecification,
  protect,
  RestHandler,
  restToolsRepresentation,
  SpecificationError,
  validateRequest,
  validatingFetch,
} from '@hexapla/rest'
import { describe, expect, test } from 'vitest'
import { serve } from '../serve.ts'

const name = { name: 'name', in: 'path', required: true, schema: { type: 'string' } }
const number = { name: 'number', in: 'path', required: true, schema: { type: 'integer' } }

function jsonBody(schema: object) {
  return { content: { 'application/json': { schema } } }
}

const orchard = {
  openapi: '3.1.0',
  info: { title: 'Orchard', version: '1.0.0' },
  components: {
    parameters: { Name: name },
    schemas: { Tree: { type: 'object', properties: { rank: { type: 'integer' } } } },
  },
  paths: {
    '/bare': { post: { requestBody: jsonBody({ type: 'object', additionalProperties: false }) } },
    '/trees/{number}/{name}': {
      parameters: [number, { $ref: '#/components/parameters/Name' }],
      get: {},
      post: {},
    },
    '/ranked': {
      get: { parameters: [{ name: 'rank', in: 'query', required: true, schema: { type: 'integer' } }] },
      post: {
        requestBody: jsonBody({
          type: 'object',
          properties: { rank: { $ref: '#/components/schemas/Tree/properties/rank' } },
          required: ['rank'],
          additionalProperties: false,
        }),
      },
    },
    '/asked/{number}/{name}': {
      parameters: [number, { $ref: '#/components/parameters/Name' }],
      get: { parameters: [{ name: 'why', in: 'query', required: true, schema: { type: 'string' } }] },
      post: { requestBody: jsonBody({ type: 'object', properties: { why: { type: 'string' } } }) },
    },
  },
}

/** Tells what it was asked with. */
class Echo extends RestHandler {
  override async get() {
    return { ...this.request.params, ...Object.fromEntries(this.request.query) }
  }

  override async post() {
    return { ...this.request.params, ...(await this.jsonArguments()) }
  }
}

class Bare extends RestHandler {
  override post() {
    return 'here'
  }
}

async function served() {
  const guard = validateRequest(await loadSpecification(orchard))
  const { url } = await serve((server) => {
    server.addRoute('/bare', protect(Bare, guard))
    for (const path of ['/trees/:number/:name', '/ranked', '/asked/:number/:name']) {
      server.addRoute(path, protect(Echo, guard))
    }
  })
  return async (method: string, path: string, body?: object) =>
    await fetch(url + path, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
}

test.each<[method: string, path: string, body: object | undefined, answer: object | string]>([
  ['POST', '/bare', {}, 'here'],
  ['GET', '/trees/123/hank', undefined, { number: '123', name: 'hank' }],
  ['POST', '/trees/456/tilly', {}, { number: '456', name: 'tilly' }],
  ['GET', '/ranked?rank=123', undefined, { rank: '123' }],
  ['GET', '/ranked?rank=123&more=1', undefined, { rank: '123', more: '1' }],
  ['POST', '/ranked', { rank: 456 }, { rank: 456 }],
  ['GET', '/asked/789/book?why=future', undefined, { number: '789', name: 'book', why: 'future' }],
  ['POST', '/asked/248/saru', { why: 'past' }, { number: '248', name: 'saru', why: 'past' }],
])('%s %s is let through', async (method, path, body, answer) => {
  const ask = await served()
  const response = await ask(method, path, body)
  expect(response.status).toBe(200)
  expect(typeof answer === 'string' ? await response.text() : await response.json()).toEqual(answer)
})

test.each<[method: string, path: string, body: object | undefined, fields: object[]]>([
  [
    'POST',
    '/bare',
    { have: 1, more: 2 },
    [
      { name: '/have', message: 'is unrecognized' },
      { name: '/more', message: 'is unrecognized' },
    ],
  ],
  ['GET', '/trees/abc/888', undefined, [{ name: 'number', message: 'must be integer' }]],
  ['POST', '/trees/xyz/999', {}, [{ name: 'number', message: 'must be integer' }]],
  ['GET', '/ranked', undefined, [{ name: 'rank', message: 'is required' }]],
  ['GET', '/ranked?rank=abc', undefined, [{ name: 'rank', message: 'must be integer' }]],
  ['POST', '/ranked', {}, [{ name: '/rank', message: 'is required' }]],
  ['POST', '/ranked', { rank: 123, suv: 'gas' }, [{ name: '/suv', message: 'is unrecognized' }]],
  ['POST', '/ranked', { rank: 'abc' }, [{ name: '/rank', message: 'must be integer' }]],
  [
    'GET',
    '/asked/x/y',
    undefined,
    [
      { name: 'number', message: 'must be integer' },
      { name: 'why', message: 'is required' },
    ],
  ],
])('%s %s is refused', async (method, path, body, fields) => {
  const ask = await served()
  const response = await ask(method, path, body)
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ code: 'request-invalid', errors: fields })
})

describe('answers held against a document by who asks', () => {
  const echoed = {
    openapi: '3.1.0',
    info: { title: 'Echo', version: '0.0.0' },
    components: {
      schemas: {
        Echoed: {
          type: 'object',
          properties: { foo: { type: 'integer' } },
          required: ['foo'],
          additionalProperties: false,
        },
      },
    },
    paths: {
      '/echo/this': {
        post: {
          responses: {
            200: {
              description: 'the same',
              ...jsonBody({ type: 'object', properties: { echo: { $ref: '#/components/schemas/Echoed' } } }),
            },
            400: {
              description: 'bad arguments',
              ...jsonBody({
                type: 'object',
                properties: { code: { type: 'integer' }, error: { type: 'string' } },
                required: ['code', 'error'],
                additionalProperties: false,
              }),
            },
          },
        },
      },
    },
  }

  class Repeats extends RestHandler {
    override async post() {
      const { raise, echo } = await repeated.parse(this.request)
      if (typeof raise === 'number') throw new HttpError(raise, 'wanted', 'it is wanted')
      return { echo }
    }
  }
  const repeated = new ArgumentHandler('json', { unrecognized: 'ignore' })
    .add('raise', { default: undefined })
    .add('echo', { default: {} })

  async function asking() {
    const { url } = await serve((server) => server.addRoute('/echo/this', Repeats), {
      errorRepresentation: restToolsRepresentation,
    })
    const ask = validatingFetch(await loadSpecification(echoed))
    const post = async (body: object) =>
      await ask(`${url}/echo/this`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    return { url, ask, post }
  }

  test('a good one is handed on, as is a failure that is described', async () => {
    const { post } = await asking()
    expect(await (await post({ echo: { foo: 123 } })).json()).toEqual({ echo: { foo: 123 } })
    expect((await post({ raise: 400 })).status).toBe(400)
  })

  test.each<[body: object, code: string, faults: object[]]>([
    [{ echo: 123 }, 'response-invalid', [{ name: '/echo', message: 'must be object' }]],
    [{ echo: { foo: 'hello' } }, 'response-invalid', [{ name: '/echo/foo', message: 'must be integer' }]],
    [{ baz: 123 }, 'response-invalid', [{ name: '/echo/foo', message: 'is required' }]],
    [{ raise: 401 }, 'status-unknown', []],
  ])('%j is answered with what the document does not have', async (body, code, faults) => {
    const { post } = await asking()
    const error: unknown = await post(body).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(SpecificationError)
    expect(error).toMatchObject({ code, faults })
  })

  test('paths and verbs that the document lacks are not asked for', async () => {
    const { ask, url } = await asking()
    await expect(ask(`${url}/foo/bar/baz`)).rejects.toMatchObject({ code: 'path-unknown' })
    await expect(ask(`${url}/echo/this`)).rejects.toMatchObject({ code: 'verb-unknown' })
  })
})
