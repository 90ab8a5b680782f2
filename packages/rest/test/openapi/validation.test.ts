/* What documents are taken, which operation a request has, bodies, and answers. */
import { Readable } from 'node:stream'
import {
  ArgumentHandler,
  integer,
  json,
  loadSpecification,
  protect,
  RestHandler,
  SpecificationError,
  validatedRequestKey,
  validateRequest,
  type RestResponse,
  type ValidateOptions,
} from '@hexapla/rest'
import { describe, expect, test } from 'vitest'
import { codeOf, serve } from '../serve.ts'

function documentOf(paths: object, more: object = {}) {
  return { openapi: '3.1.0', info: { title: 'Fruits', version: '1' }, paths, ...more }
}

const ranked = { type: 'object', properties: { rank: { type: 'integer' } }, required: ['rank'] }

describe('a document', () => {
  test.each<[why: string, document: object]>([
    ['is of another version', { swagger: '2.0', info: {}, paths: {} }],
    ['has no info', { openapi: '3.1.0', paths: {} }],
    ['has a parameter without a place', documentOf({ '/a': { get: { parameters: [{ name: 'x' }] } } })],
    [
      'refers to nothing',
      documentOf({ '/a': { get: { parameters: [{ $ref: '#/components/parameters/None' }] } } }),
    ],
    [
      'refers to itself for ever',
      documentOf(
        { '/a': { get: { parameters: [{ $ref: '#/components/parameters/A' }] } } },
        { components: { parameters: { A: { $ref: '#/components/parameters/A' } } } },
      ),
    ],
    [
      'has a schema elsewhere',
      documentOf({}, { components: { schemas: { A: { $ref: 'https://example.org/a.json' } } } }),
    ],
    ['has a schema of no type', documentOf({}, { components: { schemas: { A: { type: 'whole' } } } })],
    [
      'has a schema with a bad pattern',
      documentOf({}, { components: { schemas: { A: { type: 'string', pattern: '(' } } } }),
    ],
  ])('that %s is refused', async (_why, document) => {
    const error: unknown = await loadSpecification(document).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(SpecificationError)
    expect(error).toMatchObject({ code: 'specification-invalid' })
  })

  test('stays as it was given', async () => {
    const document = documentOf({ '/a': { get: {} } })
    const before = JSON.stringify(document)
    await loadSpecification(document)
    expect(JSON.stringify(document)).toBe(before)
  })

  test('may have schemas that are part of themselves', async () => {
    const tree = { type: 'object', properties: { child: { $ref: '#/components/schemas/Tree' } } }
    const specification = await loadSpecification(
      documentOf(
        { '/a': { post: { requestBody: { content: { 'application/json': { schema: tree } } } } } },
        { components: { schemas: { Tree: { ...tree, required: ['name'] } } } },
      ),
    )
    const ask = await serving(specification)
    const response = await ask('POST', '/a', { child: { name: '', child: {} } })
    expect(await response.json()).toMatchObject({ errors: [{ name: '/child/child/name' }] })
  })

  test('may have more to say beside a reference', async () => {
    const schema = { $ref: '#/components/schemas/Small', maximum: 5 }
    const specification = await loadSpecification(
      documentOf(
        { '/a': { get: { parameters: [{ name: 'q', in: 'query', schema }] } } },
        {
          components: {
            schemas: { Small: { $ref: '#/components/schemas/Whole' }, Whole: { type: 'integer' } },
          },
        },
      ),
    )
    const ask = await serving(specification)
    expect((await ask('GET', '/a?q=5')).status).toBe(200)
    expect(await (await ask('GET', '/a?q=6')).json()).toMatchObject({ errors: [{ message: 'must be <= 5' }] })
  })

  test('of OpenAPI 3.0 has its own words for null and exclusive bounds', async () => {
    const parameter = (name: string, schema: object) => ({ name, in: 'query', schema })
    const specification = await loadSpecification({
      openapi: '3.0.3',
      info: { title: 'Old', version: '1' },
      paths: {
        '/a': {
          get: {
            parameters: [
              parameter('above', { type: 'integer', minimum: 3, exclusiveMinimum: true }),
              parameter('from', { type: 'integer', minimum: 3, exclusiveMinimum: false }),
              parameter('none', { type: 'integer', nullable: true }),
            ],
            responses: { 200: { description: 'fine' } },
          },
        },
      },
    })
    const ask = await serving(specification)
    expect((await ask('GET', '/a?above=4&from=3&none=')).status).toBe(200)
    expect(await (await ask('GET', '/a?above=3&from=2')).json()).toMatchObject({
      errors: [{ name: 'above' }, { name: 'from' }],
    })
  })
})

describe('the operation of a request', () => {
  test('is that of the path with most fixed text, below the path of a server', async () => {
    const path = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } })
    const specification = await loadSpecification(
      documentOf(
        {
          '/{any}/of': { parameters: [path('any')], get: {} },
          '/fruits/of': { get: {} },
          '/{any}.{form}/of': { parameters: [path('any'), path('form')], get: {} },
        },
        { servers: [{ url: 'https://example.org/{base}/v1/', variables: { base: { default: 'api' } } }] },
      ),
    )
    const valuesAt = (target: string) => [...specification.find('GET', target).pathValues]
    expect(valuesAt('/api/v1/fruits/of')).toEqual([])
    expect(valuesAt('/api/v1/%66ruits/of')).toEqual([])
    expect(valuesAt('/api/v1/fruits.json/of')).toEqual([
      ['any', 'fruits'],
      ['form', 'json'],
    ])
    expect(valuesAt('/api/v1/trees/of')).toEqual([['any', 'trees']])
    expect(specification.find('HEAD', '/api/v1/fruits/of')).toEqual(
      specification.find('GET', '/api/v1/fruits/of'),
    )
    expect(() => valuesAt('/fruits/of')).toThrow(SpecificationError)
  })

  test('that the document does not know is a fault of the service', async () => {
    const ask = await serving(await loadSpecification(documentOf({ '/b': { get: {} } })))
    expect((await ask('GET', '/a')).status).toBe(500)
  })
})

describe('a body', () => {
  const specification = loadSpecification(
    documentOf({
      '/a': {
        post: { requestBody: { required: true, content: { 'application/json': { schema: ranked } } } },
        put: { requestBody: { content: { 'text/*': {}, 'application/json': { schema: ranked } } } },
      },
    }),
  )

  test('is refused by its type, its absence and its form', async () => {
    const ask = await serving(await specification)
    const wrong = await ask('POST', '/a', '<rank/>', 'application/xml')
    expect([wrong.status, wrong.headers.get('accept')]).toEqual([415, 'application/json'])
    expect(await codeOf(await ask('POST', '/a'))).toBe('request-invalid')
    expect(await codeOf(await ask('POST', '/a', '{'))).toBe('malformed-json')
    expect(await codeOf(await ask('POST', '/a', '[]'))).toBe('request-invalid')
  })

  test('may be absent, or of another type that is described', async () => {
    const ask = await serving(await specification)
    expect((await ask('PUT', '/a')).status).toBe(200)
    expect((await ask('PUT', '/a', 'words', 'text/plain')).status).toBe(200)
  })

  test('is read again by whoever wants to', async () => {
    const arguments_ = new ArgumentHandler('json').add('rank', { type: integer() })
    class Twice extends RestHandler {
      override async post() {
        const { body } = this.request.state.require(validatedRequestKey)
        return [body, await this.request.json(), await arguments_.parse(this.request)]
      }
    }
    const guard = validateRequest(await specification)
    const { url } = await serve((server) => server.addRoute('/a', protect(Twice, guard)))
    const response = await fetch(`${url}/a`, {
      method: 'POST',
      body: '{"rank":1}',
      headers: { 'content-type': 'application/json; charset=utf-8' },
    })
    expect(await response.json()).toEqual([{ rank: 1 }, { rank: 1 }, { rank: 1 }])
  })

  test('has its faults named, not its values, and not all of a thousand', async () => {
    const many = await loadSpecification(
      documentOf({
        '/a': {
          post: {
            requestBody: {
              content: { 'application/json': { schema: { type: 'array', items: { type: 'integer' } } } },
            },
          },
        },
      }),
    )
    const ask = await serving(many)
    const response = await ask('POST', '/a', JSON.stringify(Array.from({ length: 1000 }, () => 'secret')))
    const text = await response.text()
    expect((JSON.parse(text) as { errors: unknown[] }).errors).toHaveLength(50)
    expect(text).not.toContain('secret')
  })
})

describe('an answer', () => {
  const described = documentOf({
    '/a': {
      get: {
        responses: {
          200: {
            description: 'ranked',
            headers: { ETag: { required: true, schema: { type: 'string' } } },
            content: { 'application/json': { schema: ranked } },
          },
          '3XX': { description: 'elsewhere' },
        },
      },
    },
  })

  class Answers extends RestHandler {
    override get() {
      const { query } = this.request
      if (query.has('etag')) this.response.etag('1')
      const type = query.get('type')
      if (type !== null) this.response.type(type)
      this.response.status(Number(query.get('status') ?? 200))
      return JSON.parse(query.get('body') ?? 'null') as unknown
    }
  }

  async function answering(options: ValidateOptions) {
    const lines: string[] = []
    const specification = await loadSpecification(described)
    const { url } = await serve(
      (server) => server.addRoute('/a', protect(Answers, validateRequest(specification, options))),
      { logger: { level: 'error', stream: { write: (line) => void lines.push(line) } } },
    )
    const ask = async (query: string) => await fetch(`${url}/a?${query}`)
    return { ask, lines }
  }

  const good = 'etag&body={"rank":1}'
  const bad = [
    'etag&body={"rank":"x"}',
    'body={"rank":1}',
    'etag&status=201&body={"rank":1}',
    'etag&type=text/html&body="page"',
    'etag&type=application/json&body="{"',
  ]

  test('that breaks the document is 500, its cause in the log', async () => {
    const { ask, lines } = await answering({})
    const fine = await ask(good)
    expect([fine.status, fine.headers.get('content-type'), await fine.json()]).toEqual([
      200,
      'application/json',
      { rank: 1 },
    ])
    expect((await ask('status=304')).status).toBe(304)
    expect(lines).toEqual([])
    for (const query of bad) expect([query, (await ask(query)).status]).toEqual([query, 500])
    const causes = lines.filter((line) => line.includes('SpecificationError'))
    expect(causes).toHaveLength(bad.length)
    expect(causes[0]).toContain('/rank')
  })

  test('is handed on as it is, be it a stream, bytes or given at the end', async () => {
    const made: Record<string, (response: RestResponse) => unknown> = {
      node: () => Readable.from(['{"rank":', '1}']),
      web: () => new Blob(['{"rank":1}']).stream(),
      bytes: () => Buffer.from('{"rank":1}'),
      text: () => '{"rank":1}',
      json: () => json('{"rank":1}'),
      ended: (response) => response.end({ rank: 1 }),
      endedWeb: (response) => response.end(new Blob(['{"rank":1}']).stream()),
    }
    class Makes extends RestHandler {
      override get() {
        this.response.etag('1').type('application/json')
        return made[this.request.query.get('kind') ?? '']?.(this.response)
      }
    }
    const specification = await loadSpecification(described)
    const { url } = await serve((server) =>
      server.addRoute('/a', protect(Makes, validateRequest(specification))),
    )
    for (const kind of Object.keys(made)) {
      const response = await fetch(`${url}/a?kind=${kind}`)
      expect([kind, response.status, await response.json()]).toEqual([kind, 200, { rank: 1 }])
    }
  })

  test('is only told of in the log, or not looked at', async () => {
    const logging = await answering({ responses: 'log' })
    for (const query of bad) await logging.ask(query)
    expect(logging.lines).toHaveLength(bad.length)
    const off = await answering({ responses: 'off' })
    for (const query of bad) expect((await off.ask(query)).status).not.toBe(500)
    expect(off.lines).toEqual([])
  })
})

/** A server with one address that takes what the document says. */
async function serving(specification: Awaited<ReturnType<typeof loadSpecification>>) {
  class Any extends RestHandler {
    override get() {
      return 'got'
    }
    override post() {
      return 'posted'
    }
    override put() {
      return 'put'
    }
  }
  const { url } = await serve((server) => server.addRoute('/a', protect(Any, validateRequest(specification))))
  return async (method: string, path: string, body?: object | string, type = 'application/json') =>
    await fetch(url + path, {
      method,
      ...(body !== undefined && {
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': type },
      }),
    })
}
