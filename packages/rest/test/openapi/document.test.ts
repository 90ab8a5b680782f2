/* Documents that are made of handlers, and the page that shows them. */
import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import {
  ApiPageHandler,
  ArgumentHandler,
  Auth,
  authenticated,
  bearerAuthentication,
  boolean,
  catchError,
  integer,
  list,
  loadSpecification,
  memorySessionStore,
  object,
  OpenApiHandler,
  openIdLogin,
  protect,
  publishApi,
  RestHandler,
  RestServer,
  restToolsRepresentation,
  scopeRoleAuth,
  sessionAuthentication,
  sessionLogins,
  string,
  validateRequest,
  validatingFetch,
  type OpenApiDocument,
  type ResourceDescription,
  type RestServerOptions,
} from '@hexapla/rest'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { serve } from '../serve.ts'

const info = { title: 'Orchard <1>', version: '1.2.0' }
const listing = new ArgumentHandler('query')
  .add('q')
  .add('limit', { type: integer({ min: 1, max: 100 }), default: 20 })
  .add('tag', { nargs: '*', default: [] })
  .add('box', { type: list(integer()), default: undefined })
  .add('near', { type: object(), default: undefined })
  .add('order', { choices: ['asc', 'desc'], default: 'asc' })
const basket = new ArgumentHandler('json')
  .add('name', { type: string({ minLength: 2 }) })
  .add('ripe', { type: boolean(), default: false })
const wish = new ArgumentHandler('form', { unrecognized: 'ignore' }).add('name', { default: '' })
const fruit = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] }

class Fruits extends RestHandler {
  static readonly api: ResourceDescription = {
    tags: ['fruits'],
    get: {
      summary: 'The fruits in the basket',
      arguments: [listing],
      responses: { 200: { schema: { type: 'array', items: { $ref: '#/components/schemas/Fruit' } } } },
    },
    post: {
      summary: 'Puts a fruit in',
      arguments: [basket],
      responses: {
        201: { schema: { $ref: '#/components/schemas/Fruit' } },
        409: { description: 'It is there' },
      },
    },
  }

  override get() {
    const { q } = listing.parseQuery(this.request)
    return q === 'wrong' ? [{}] : [{ name: q }]
  }

  override async post() {
    const { name } = await basket.parse(this.request)
    this.response.status(201)
    return { name }
  }
}

class Fruit extends RestHandler {
  static readonly api = {
    parameters: { name: { description: 'As on the label' } },
    post: { arguments: [wish] },
    delete: { operationId: 'eatFruit', deprecated: true, description: 'It is gone then.' },
  } satisfies ResourceDescription

  override get() {
    return { name: this.request.param('name') }
  }

  override post() {
    return undefined
  }

  override delete() {
    return undefined
  }
}

class Files extends RestHandler {
  override get() {
    return this.request.param('*')
  }
}

const auth = new Auth({ secret: 's'.repeat(64) })
const gardeners = scopeRoleAuth({ prefix: 'orchard', roles: ['write', 'admin'] })

function orchard(options: RestServerOptions = {}): RestServer {
  return new RestServer(options)
    .before(bearerAuthentication({ validator: auth }))
    .addRoute('/fruits', protect(Fruits, { post: gardeners }))
    .addRoute('/fruits/:name', protect(Fruit, { post: authenticated, delete: catchError }))
    .addRoute('/files/*', Files)
}

const components = { schemas: { Fruit: fruit } }

function documentOf(server = orchard()): OpenApiDocument {
  return server.openapi({ info, ...components })
}

describe('a document', () => {
  test('is valid', async () => {
    expect(await new Validator().validate({ ...documentOf() })).toEqual({ valid: true })
  })

  test('has every address, with every verb', () => {
    const { paths } = documentOf()
    const verbs = Object.entries(paths).map(([path, item]) => [path, Object.keys(item)])
    expect(verbs).toEqual([
      ['/fruits', ['get', 'post']],
      ['/fruits/{name}', ['get', 'post', 'delete']],
      ['/files/{rest}', ['get']],
    ])
  })

  test('has ids that stay, and refuses two of a kind', () => {
    const { paths } = documentOf(new RestServer().addRoute('/fruits/:name/rotten-seeds', Fruits))
    expect(paths['/fruits/{name}/rotten-seeds']?.get?.operationId).toBe('getFruitsByNameRottenSeeds')
    expect(() => documentOf(new RestServer().addRoute('/a/b', Fruits).addRoute('/a-b', Fruits))).toThrow(
      TypeError,
    )
  })

  test('has the arguments of queries', () => {
    expect(documentOf().paths['/fruits']?.get?.parameters).toEqual([
      { name: 'q', in: 'query', required: true, schema: { type: 'string' } },
      {
        name: 'limit',
        in: 'query',
        required: false,
        schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
      },
      {
        name: 'tag',
        in: 'query',
        required: false,
        explode: true,
        schema: { type: 'array', items: { type: 'string' }, default: [] },
      },
      {
        name: 'box',
        in: 'query',
        required: false,
        explode: false,
        schema: { type: 'array', items: { type: 'integer' } },
      },
      {
        name: 'near',
        in: 'query',
        required: false,
        content: { 'application/json': { schema: { type: 'object' } } },
      },
      {
        name: 'order',
        in: 'query',
        required: false,
        schema: { type: 'string', enum: ['asc', 'desc'], default: 'asc' },
      },
    ])
  })

  test('has the arguments of bodies, and parameters of the path', () => {
    const { paths } = documentOf()
    expect(paths['/fruits']?.post?.requestBody).toEqual({
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: {
              name: { type: 'string', minLength: 2 },
              ripe: { type: 'boolean', default: false },
            },
            required: ['name'],
            additionalProperties: false,
          },
        },
      },
    })
    expect(paths['/fruits/{name}']?.post?.requestBody).toEqual({
      required: false,
      content: {
        'application/x-www-form-urlencoded': {
          schema: { type: 'object', properties: { name: { type: 'string', default: '' } } },
        },
      },
    })
    expect(paths['/fruits/{name}']?.get?.parameters).toEqual([
      {
        name: 'name',
        in: 'path',
        required: true,
        description: 'As on the label',
        schema: { type: 'string' },
      },
    ])
  })

  test('tells of guards, and of the ways to sign in', () => {
    const login = openIdLogin('https://id.example.org', {
      clientId: 'orchard',
      callbackUrl: 'https://orchard.example.org/login',
      secrets: ['s'.repeat(32)],
      storage: sessionLogins({ store: memorySessionStore() }),
    })
    const document = documentOf(orchard().before(sessionAuthentication({ login })))
    expect(document.components.securitySchemes).toEqual({
      bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      session: { type: 'apiKey', in: 'cookie', name: '__Host-session' },
    })
    const { get, post } = document.paths['/fruits'] ?? {}
    expect([get?.security, get?.responses['401']]).toEqual([undefined, undefined])
    expect(post?.security).toEqual([{ bearer: [] }, { session: [] }])
    expect(post?.description).toBe('Needs one of the roles write, admin.')
    expect(Object.keys(post?.responses ?? {})).toEqual(['201', '400', '401', '403', '409', 'default'])
    const { post: wished, delete: eaten } = document.paths['/fruits/{name}'] ?? {}
    expect(Object.keys(wished?.responses ?? {})).toEqual(['400', '401', '2XX', 'default'])
    expect(eaten).toMatchObject({
      operationId: 'eatFruit',
      deprecated: true,
      description: 'It is gone then.',
    })
    expect(eaten?.security).toBeUndefined()
  })

  test('keeps what inner guards tell', () => {
    const twice = protect(protect(Files, authenticated), { get: catchError })
    const { get } = documentOf(orchard().addRoute('/b', twice)).paths['/b'] ?? {}
    expect(get?.security).toEqual([{ bearer: [] }])
  })

  test('has failures in the form of the server', () => {
    const { responses, schemas } = documentOf().components
    expect(Object.keys(responses)).toEqual(['BadRequest', 'Failure', 'Unauthorized', 'Forbidden'])
    expect(responses['Failure']).toEqual({
      description: 'A failure',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Error' } } },
    })
    expect(schemas['Error']?.['required']).toContain('detail')
    const likeRestTools = documentOf(orchard({ errorRepresentation: restToolsRepresentation })).components
    expect(Object.keys(likeRestTools.responses['Failure']?.content ?? {})).toEqual(['application/json'])
    const unknown = documentOf(orchard({ errorRepresentation: () => ({ body: 'no' }) })).components
    expect(unknown.responses['Failure']).toEqual({ description: 'A failure' })
  })

  test('is what the service does', async () => {
    for (const options of [{}, { errorRepresentation: restToolsRepresentation }]) {
      const specification = await loadSpecification(documentOf(orchard(options)))
      const { url } = await serve(
        (server) =>
          server
            .addRoute('/fruits', protect(Fruits, validateRequest(specification)))
            .addRoute('/fruits/:name', Fruit),
        options,
      )
      const ask = validatingFetch(specification)
      const target = `${url}/fruits?q=fig&tag=a&tag=b&box=1,2&near=%7B%7D`
      expect((await ask(target)).status).toBe(200)
      expect((await ask(`${url}/fruits?limit=0`)).status).toBe(400)
      expect((await ask(`${url}/fruits?q=wrong`)).status).toBe(500)
      expect((await ask(`${url}/fruits/fig`)).status).toBe(200)
    }
  })
})

describe('the page', () => {
  async function shown(): Promise<{ url: string; page: Response; text: string }> {
    const { url } = await serve((server) => {
      const api = publishApi(() => server.openapi({ info, ...components }))
      server
        .addRoute('/fruits', Fruits)
        .addRoute('/openapi.json', OpenApiHandler, { deps: api })
        .addRoute('/docs', ApiPageHandler, { deps: api })
    })
    const page = await fetch(`${url}/docs`)
    return { url, page, text: await page.text() }
  }

  test('shows every operation, escaped, and the document is beside it', async () => {
    const { url, page, text } = await shown()
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const document = (await (await fetch(`${url}/openapi.json`)).json()) as OpenApiDocument
    expect(Object.keys(document.paths)).toEqual(['/fruits', '/openapi.json', '/docs'])
    for (const item of Object.values(document.paths)) {
      for (const id of [item.get, item.post].flatMap((operation) => operation?.operationId ?? [])) {
        expect(text).toContain(`id="${id}"`)
      }
    }
    expect(text).toContain('Orchard &lt;1&gt;')
    expect(text).not.toContain('<1>')
  })

  test('runs its own script and style, and nothing else', async () => {
    const { page, text } = await shown()
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    for (const element of ['script', 'style']) {
      const parts = [...text.matchAll(new RegExp(`<${element}>([\\s\\S]*?)</${element}>`, 'g'))]
      expect(parts).toHaveLength(1)
      expect(policy).toContain(`${element}-src 'sha256-${hash('sha256', parts[0]?.[1] ?? '', 'base64')}'`)
    }
    expect(text).not.toMatch(/<(?:script|link|img)[^>]* (?:src|href)=|\son\w+=|\sstyle=|https?:\/\//)
  })

  test.each(['/docs', '/openapi.json'])('%s is not sent again to who has it', async (path) => {
    const { url } = await shown()
    const etag = (await fetch(url + path)).headers.get('etag') ?? ''
    expect((await fetch(url + path, { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  test('has its files in the package', async () => {
    const description = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
    expect((JSON.parse(description) as { files: string[] }).files).toContain('src')
  })
})
