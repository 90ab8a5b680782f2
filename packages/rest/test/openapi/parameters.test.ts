/* Parameters by style and explode, as the table of OpenAPI 3.1 section 4.8.12.4 writes them. */
import { loadSpecification, protect, RestHandler, validatedRequestKey, validateRequest } from '@hexapla/rest'
import { expect, test } from 'vitest'
import { serve } from '../serve.ts'

const colours = { type: 'array', items: { type: 'string' } }
const sizes = { type: 'array', items: { type: 'integer' } }
const rgb = {
  type: 'object',
  properties: { R: { type: 'integer' }, G: { type: 'integer' } },
  additionalProperties: false,
}

class Shown extends RestHandler {
  override get() {
    const { path, query, header, cookie } = this.request.state.require(validatedRequestKey)
    return { ...path, ...query, ...header, ...cookie }
  }
}

type Case = readonly [parameter: object, target: string, value: unknown]

/** What the server makes of a request for each case: what it read, or the faults. */
async function readings(place: object, cases: readonly Case[]): Promise<Case[]> {
  const isPath = 'in' in place && place.in === 'path'
  const paths = cases.map(([parameter], index) => [
    isPath ? `/${index}/{p}` : `/${index}`,
    { parameters: [{ ...place, ...parameter }], get: {} },
  ])
  const specification = await loadSpecification({
    openapi: '3.1.0',
    info: { title: 'Styles', version: '1' },
    paths: Object.fromEntries(paths) as object,
  })
  const { url } = await serve((server) =>
    server.addRoute('/*', protect(Shown, validateRequest(specification))),
  )
  return await Promise.all(
    cases.map(async ([parameter, target], index) => {
      const response = await fetch(`${url}/${index}${target}`)
      const answer = (await response.json()) as { p?: unknown; errors?: unknown }
      return [parameter, target, response.status === 200 ? answer.p : answer.errors] as const
    }),
  )
}

const inPaths: readonly Case[] = [
  [{ schema: { type: 'integer' } }, '/7', 7],
  [{ schema: sizes }, '/3,4,5', [3, 4, 5]],
  [{ schema: colours }, '/a%2Cb,c', ['a,b', 'c']],
  [{ schema: rgb }, '/R,100,G,200', { R: 100, G: 200 }],
  [{ schema: rgb, explode: true }, '/R=100,G=200', { R: 100, G: 200 }],
  [{ schema: { type: 'integer' }, style: 'label' }, '/.7', 7],
  [{ schema: sizes, style: 'label' }, '/.3,4', [3, 4]],
  [{ schema: sizes, style: 'label', explode: true }, '/.3.4', [3, 4]],
  [{ schema: rgb, style: 'label', explode: true }, '/.R=1.G=2', { R: 1, G: 2 }],
  [{ schema: { type: 'integer' }, style: 'matrix' }, '/;p=7', 7],
  [{ schema: sizes, style: 'matrix' }, '/;p=3,4', [3, 4]],
  [{ schema: sizes, style: 'matrix', explode: true }, '/;p=3;p=4', [3, 4]],
  [{ schema: rgb, style: 'matrix' }, '/;p=R,1,G,2', { R: 1, G: 2 }],
  [{ schema: rgb, style: 'matrix', explode: true }, '/;R=1;G=2', { R: 1, G: 2 }],
  [{ schema: { type: 'integer' } }, '/x', [{ name: 'p', message: 'must be integer' }]],
]

test('parameters of paths', async () => {
  expect(await readings({ name: 'p', in: 'path', required: true }, inPaths)).toEqual(inPaths)
})

const inQueries: readonly Case[] = [
  [{ schema: { type: 'number' } }, '?p=-1.5e3', -1500],
  [{ schema: { type: 'boolean' } }, '?p=true', true],
  [{ schema: { type: ['integer', 'null'] } }, '?p=', null],
  [{ schema: { anyOf: [{ type: 'integer' }, { type: 'boolean' }] } }, '?p=false', false],
  [{ schema: { enum: [1, 2] } }, '?p=2', 2],
  [{ schema: { type: 'string' } }, '?p=12', '12'],
  [{ schema: {} }, '?p=a+b%20c', 'a b c'],
  [{ schema: sizes }, '?p=3&p=4', [3, 4]],
  [{ schema: sizes, explode: false }, '?p=3,4', [3, 4]],
  [{ schema: colours, explode: false }, '?p=a%2Cb,c', ['a,b', 'c']],
  [{ schema: colours, style: 'spaceDelimited', explode: false }, '?p=a%20b', ['a', 'b']],
  [{ schema: colours, style: 'pipeDelimited', explode: false }, '?p=a%7Cb', ['a', 'b']],
  [{ schema: rgb }, '?R=1&G=2&B=3', { R: 1, G: 2 }],
  [{ schema: rgb, explode: false }, '?p=R,1,G,2', { R: 1, G: 2 }],
  [{ schema: rgb, style: 'deepObject', explode: true }, '?p[R]=1&p%5BG%5D=2', { R: 1, G: 2 }],
  [{ content: { 'application/json': { schema: rgb } } }, '?p=%7B%22R%22%3A1%7D', { R: 1 }],
  [{ schema: sizes }, '?other=1', undefined],
  [{ schema: { type: 'integer' } }, '?p=1.5', [{ name: 'p', message: 'must be integer' }]],
  [{ schema: { type: 'integer' } }, '?p=0x10', [{ name: 'p', message: 'must be integer' }]],
  [{ schema: { type: 'integer' } }, '?p=', [{ name: 'p', message: 'must be integer' }]],
  [{ schema: { type: 'integer' } }, '?p=1&p=2', [{ name: 'p', message: 'must be integer' }]],
  [{ schema: { type: 'boolean' } }, '?p=yes', [{ name: 'p', message: 'must be boolean' }]],
  [{ schema: sizes }, '?p=1&p=x', [{ name: 'p/1', message: 'must be integer' }]],
  [{ schema: { enum: ['up', 'down'] } }, '?p=left', [{ name: 'p', message: 'must be one of "up", "down"' }]],
  [{ schema: { const: 'up' } }, '?p=left', [{ name: 'p', message: 'must be "up"' }]],
  [
    { schema: { type: 'string', format: 'date' } },
    '?p=today',
    [{ name: 'p', message: 'must match format "date"' }],
  ],
  [
    { schema: { oneOf: [{ type: 'integer' }, { type: 'boolean' }] } },
    '?p=x',
    [{ name: 'p', message: 'must be of one of the accepted types' }],
  ],
]

test('parameters of queries', async () => {
  expect(await readings({ name: 'p', in: 'query' }, inQueries)).toEqual(inQueries)
})

test('headers and cookies', async () => {
  const parameters = [
    { name: 'X-Sizes', in: 'header', schema: sizes },
    { name: 'seen', in: 'cookie', required: true, schema: { type: 'integer' } },
    // Others say what is accepted.
    { name: 'Accept', in: 'header', required: true, schema: { type: 'integer' } },
  ]
  const specification = await loadSpecification({
    openapi: '3.1.0',
    info: { title: 'Headers', version: '1' },
    paths: { '/': { get: { parameters } } },
  })
  const { url } = await serve((server) =>
    server.addRoute('/', protect(Shown, validateRequest(specification))),
  )
  const ask = async (headers: Record<string, string>) => await (await fetch(url, { headers })).json()
  expect(await ask({ 'x-sizes': '3, 4', cookie: 'seen=3' })).toEqual({ 'x-sizes': [3, 4], seen: 3 })
  expect(await ask({ 'x-sizes': 'x' })).toMatchObject({
    errors: [
      { name: 'x-sizes/0', message: 'must be integer' },
      { name: 'seen', message: 'is required' },
    ],
  })
})
