import {
  ArgumentHandler,
  boolean,
  integer,
  list,
  nullable,
  number,
  object,
  string,
  withSchema,
} from '@hexapla/rest'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { asForm, asJson, read } from './read-arguments.ts'

describe('how many values', () => {
  const pair = new ArgumentHandler('query').add('box', { type: number(), nargs: 2 })

  test('as many as there must be', async () => {
    expect((await read(pair, 'box=1&box=2')).body).toEqual({ box: [1, 2] })
    expect((await read(pair, 'box=1')).detail).toBe('argument box: expected 2 arguments')
    const single = new ArgumentHandler('json').add('of', { nargs: 1 })
    expect((await read(single, '', asJson({ of: [1, 2] }))).detail).toBe('argument of: expected 1 argument')
    expect((await read(single, '', asJson({ of: 'a' }))).body).toEqual({ of: ['a'] })
  })

  test('at least one', async () => {
    const some = new ArgumentHandler('json').add('ids', { type: integer(), nargs: '+' })
    expect((await read(some, '', asJson({ ids: [1, 2] }))).body).toEqual({ ids: [1, 2] })
    expect((await read(some, '', asJson({ ids: [] }))).detail).toBe(
      'argument ids: expected at least one argument',
    )
    expect((await read(some, '', asJson({ ids: [1, 'x', 'y'] }))).faults).toEqual({
      ids: 'must be an integer',
    })
  })

  test('one, or an empty one for which a constant stands', async () => {
    const query = new ArgumentHandler('query').add('depth', {
      type: integer(),
      nargs: '?',
      const: 9,
      default: 1,
    })
    expect((await read(query, 'depth=4')).body).toEqual({ depth: 4 })
    expect((await read(query, 'depth')).body).toEqual({ depth: 9 })
    expect((await read(query, '')).body).toEqual({ depth: 1 })
    expect((await read(query, 'depth=1&depth=2')).detail).toBe(
      'argument depth: expected at most one argument',
    )
    const body = new ArgumentHandler('json').add('depth', { type: integer(), nargs: '?', const: 9 })
    expect((await read(body, '', asJson({ depth: null }))).body).toEqual({ depth: 9 })
  })

  test('one, when nothing else is said', async () => {
    const one = new ArgumentHandler('form').add('a')
    expect((await read(one, '', asForm('a=1&a=2'))).detail).toBe('argument a: expected one argument')
  })
})

describe('a mistake in the options is told when the argument is added', () => {
  // What the compiler refuses too may come from JavaScript.
  const handler = new ArgumentHandler('query').add('before')
  test.each([
    ['not required, without a default', { required: false }],
    ['required, with a default', { required: true, default: 1 }],
    ['no values', { nargs: 0 }],
    ['half a value', { nargs: 0.5 }],
    ['a constant without nargs ?', { const: 1 }],
    ['the name of another in the result', { dest: 'before' }],
  ])('%s', (_what, spec) => {
    expect(() => handler.add('x', spec as object)).toThrow(TypeError)
  })
})

test('a default list is not shared between requests', async () => {
  const reader = new ArgumentHandler('query').add('embed', { type: string(), nargs: '*', default: ['a'] })
  const spoiling = {
    parse: async (request: Parameters<typeof reader.parse>[0]) => {
      const { embed } = await reader.parse(request)
      embed.push('b')
      return { embed }
    },
  }
  await read(spoiling, '')
  expect((await read(spoiling, '')).body).toEqual({ embed: ['a', 'b'] })
})

test('no body means no arguments', async () => {
  const reader = new ArgumentHandler('json').add('a', { default: 1 })
  expect((await read(reader, '')).body).toEqual({ a: 1 })
  expect((await read(reader, '', { type: 'text/plain', text: 'a' })).status).toBe(415)
})

test('what the caller sent is shown again within limits', async () => {
  const long = 'x'.repeat(5000)
  const choice = await read(new ArgumentHandler('json').add('a', { choices: ['b'] }), '', asJson({ a: long }))
  expect(choice.detail?.length).toBeLessThan(200)
  const many = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`${long}${index}`, 1]))
  const unknown = await read(new ArgumentHandler('json'), '', asJson(many))
  expect(unknown.status).toBe(413)
  const fewer = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`${long}${index}`, 1]))
  expect((await read(new ArgumentHandler('json'), '', asJson(fewer))).detail?.length).toBeLessThan(50 * 110)
})

test('a quoted choice cannot be taken for the end of the quotation', async () => {
  const reader = new ArgumentHandler('query').add('a', { choices: ['b'] })
  const answer = await read(reader, `a=${encodeURIComponent(`it's "so"\n\\`)}`)
  expect(answer.detail).toBe(String.raw`argument a: invalid choice: 'it\'s "so"\n\\' (choose from 'b')`)
})

const described = new ArgumentHandler('query')
  .add('page', { type: integer({ min: 0 }), default: 0 })
  .add('size', { type: number({ max: 100 }) })
  .add('name', { type: string({ minLength: 1, maxLength: 9, pattern: /^a/u }) })
  .add('loud', { type: string({ pattern: /^a/i }), default: undefined })
  .add('ids', { type: list(integer()), default: [] })
  .add('embed', { nargs: '*', default: [] })
  .add('order', { choices: ['asc', 'desc'], nargs: '+' })
  .add('site', { type: withSchema((text: string) => new URL(text), { type: 'string', format: 'uri' }) })
  .add('own', { type: (text: string) => text.length })

test('a handler describes its arguments', () => {
  expect(described.describe()).toEqual([
    { name: 'page', source: 'query', required: false, default: 0, schema: { type: 'integer', minimum: 0 } },
    { name: 'size', source: 'query', required: true, schema: { type: 'number', maximum: 100 } },
    {
      name: 'name',
      source: 'query',
      required: true,
      schema: { type: 'string', minLength: 1, maxLength: 9, pattern: '^a' },
    },
    { name: 'loud', source: 'query', required: false, default: undefined, schema: { type: 'string' } },
    {
      name: 'ids',
      source: 'query',
      required: false,
      default: [],
      schema: { type: 'array', items: { type: 'integer' } },
    },
    {
      name: 'embed',
      source: 'query',
      required: false,
      nargs: '*',
      default: [],
      schema: { type: 'array', items: { type: 'string' } },
    },
    {
      name: 'order',
      source: 'query',
      required: true,
      nargs: '+',
      choices: ['asc', 'desc'],
      schema: { type: 'array', items: { type: 'string', enum: ['asc', 'desc'] }, minItems: 1 },
    },
    { name: 'site', source: 'query', required: true, schema: { type: 'string', format: 'uri' } },
    { name: 'own', source: 'query', required: true, schema: { type: 'string' } },
  ])
})

test('a JSON body is described by its values', () => {
  const handler = new ArgumentHandler('json')
    .add('any')
    .add('pair', { type: boolean(), nargs: 2 })
    .add('maybe', { type: nullable(object()) })
    .add('depth', { type: integer(), nargs: '?', const: 1 })
  expect(handler.describe().map(({ schema }) => schema)).toEqual([
    {},
    { type: 'array', items: { type: 'boolean' }, minItems: 2, maxItems: 2 },
    { anyOf: [{ type: 'object' }, { type: 'null' }] },
    { anyOf: [{ type: 'integer' }, { type: 'null' }] },
  ])
})

test('the type of the result follows from what was added', () => {
  const query = new ArgumentHandler('query')
    .add('plain')
    .add('required', { required: true })
    .add('absent', { default: undefined })
    .add('page', { type: integer(), default: 0 })
    .add('pageOrNull', { type: integer(), default: null })
    .add('exact', { type: boolean(), default: false })
    .add('ids', { type: list(integer()), default: [] })
    .add('choice', { choices: ['a', 'b'] })
    .add('number', { type: integer(), choices: [1, 2], default: 1 })
    .add('any', { type: integer(), nargs: '*', default: [] })
    .add('words', { nargs: '*', default: ['a'] })
    .add('some', { nargs: '+' })
    .add('someOrNone', { nargs: '+', default: [] })
    .add('letters', { choices: ['a', 'b'], nargs: '*', default: ['a'] })
    .add('pair', { type: number(), nargs: 2 })
    .add('maybe', { type: integer(), nargs: '?' })
    .add('flag', { type: integer(), nargs: '?', const: true, default: false })
    .add('old-name', { dest: 'renamed', type: (text: string) => new Date(text) })
  type Query = ReturnType<typeof query.parseQuery>
  expectTypeOf<Query>().branded.toEqualTypeOf<{
    readonly plain: string
    readonly required: string
    readonly absent: string | undefined
    readonly page: number
    readonly pageOrNull: number | null
    readonly exact: boolean
    readonly ids: number[]
    readonly choice: 'a' | 'b'
    readonly number: 1 | 2
    readonly any: number[]
    readonly words: string[]
    readonly some: [string, ...string[]]
    readonly someOrNone: [string, ...string[]] | readonly []
    readonly letters: ('a' | 'b')[]
    readonly pair: [number, number]
    readonly maybe: number
    readonly flag: number | boolean
    readonly renamed: Date
  }>()
  expectTypeOf<Awaited<ReturnType<typeof query.parse>>>().toEqualTypeOf<Query>()

  const body = new ArgumentHandler('json')
    .add('any')
    .add('anyOrTen', { default: 10 })
    .add('object', { type: object() })
    .add('maybe', { type: nullable(string()) })
    .add('list', { nargs: '*' })
    .add('choice', { choices: [{ abc: 1 }, 2] })
  type Body = Awaited<ReturnType<typeof body.parse>>
  expectTypeOf<Body>().branded.toEqualTypeOf<{
    readonly any: unknown
    readonly anyOrTen: unknown
    readonly object: Record<string, unknown>
    readonly maybe: string | null
    readonly list: unknown[]
    readonly choice: { readonly abc: 1 } | 2
  }>()
  const form = new ArgumentHandler('form').add('a')
  expectTypeOf<Awaited<ReturnType<typeof form.parse>>['a']>().toEqualTypeOf<string>()
})

test('the compiler refuses what cannot be', () => {
  const query = new ArgumentHandler('query')
  // @ts-expect-error -- not required, so it needs a default
  expect(() => query.add('a', { required: false })).toThrow(TypeError)
  // @ts-expect-error -- a constant needs nargs '?'
  expect(() => query.add('a', { const: 1 })).toThrow(TypeError)
  // @ts-expect-error -- a JSON value may be anything
  new ArgumentHandler('json').add('a', { type: (text: string) => text.length })
  const body = new ArgumentHandler('json').add('a')
  // @ts-expect-error -- a body is read with `parse`, which waits for it
  expectTypeOf((request: Parameters<typeof body.parse>[0]) => body.parseQuery(request)).toBeFunction()
})
