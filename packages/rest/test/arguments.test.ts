import {
  ArgumentHandler,
  ArgumentTypeError,
  boolean,
  HttpError,
  integer,
  list,
  number,
  object,
  RestHandler,
  string,
} from '@hexapla/rest'
import { expect, test } from 'vitest'
import { asForm, asJson, read } from './read-arguments.ts'
import { serve } from './serve.ts'

function origin(code: string): string {
  const country = { USA: 'United States of America', MEX: 'Mexico' }[code]
  if (country === undefined) throw new ArgumentTypeError('is no known country')
  return country
}

const listing = new ArgumentHandler('query')
  .add('page', { type: integer({ min: 0 }), default: 0 })
  .add('user', { type: string({ minLength: 1 }) })
  .add('scope', { default: undefined })
  .add('embed', { type: string(), nargs: '*', default: [] })
  .add('ids', { type: list(integer()), default: [] })
  .add('exact', { type: boolean(), default: false })
  .add('order', { choices: ['asc', 'desc'], default: 'asc' })
  .add('country-code', { type: origin, dest: 'origin', default: undefined })
  .add('weight', { type: number({ max: 10 }), default: undefined })

test('a query is read, with defaults for what is absent', async () => {
  const { body } = await read(listing, 'user=me')
  expect(body).toEqual({ page: 0, user: 'me', embed: [], ids: [], exact: false, order: 'asc' })
})

test('a query is read, with what is given', async () => {
  const query =
    'user=me&page=3&scope=&embed=a&embed=b,c&ids=1,%202&exact=YES&order=desc&country-code=MEX&weight=.5e1'
  expect((await read(listing, query)).body).toEqual({
    page: 3,
    user: 'me',
    scope: '',
    embed: ['a', 'b,c'],
    ids: [1, 2],
    exact: true,
    order: 'desc',
    origin: 'Mexico',
    weight: 5,
  })
})

test('all faults are named at once', async () => {
  const query = 'page=-1&page=2&ids=1,x&exact=maybe&order=up&country-code=DEU&weight=11&surprise=1'
  const { status, faults } = await read(listing, query)
  expect(status).toBe(400)
  expect(faults).toEqual({
    page: 'expected one argument',
    user: 'is required',
    ids: 'element 1: must be an integer',
    exact: 'must be true or false',
    order: "invalid choice: 'up' (choose from 'asc', 'desc')",
    'country-code': 'is no known country',
    weight: 'must be at most 10',
    surprise: 'is unrecognized',
  })
})

test.each(['1.0', '1e3', '', ' 1', '0x10', 'NaN', '9007199254740993'])('%j is no integer', async (text) => {
  const reader = new ArgumentHandler('query').add('n', { type: integer() })
  expect((await read(reader, `n=${encodeURIComponent(text)}`)).faults).toEqual({ n: 'must be an integer' })
})

test.each(['', 'Infinity', '1,5', '0x10', '1e999'])('%j is no number', async (text) => {
  const reader = new ArgumentHandler('query').add('n', { type: number() })
  expect((await read(reader, `n=${text}`)).faults).toEqual({ n: 'must be a number' })
})

test.each([
  ['true', true],
  ['T', true],
  ['yes', true],
  ['Y', true],
  ['on', true],
  ['1', true],
  ['False', false],
  ['f', false],
  ['NO', false],
  ['n', false],
  ['off', false],
  ['0', false],
])('the word %s is %s', async (word, value) => {
  const reader = new ArgumentHandler('query').add('b', { type: boolean() })
  expect((await read(reader, `b=${word}`)).body).toEqual({ b: value })
})

const basket = new ArgumentHandler('json', { unrecognized: 'ignore' })
  .add('name', { type: string({ maxLength: 5, pattern: /^[a-z]*$/ }) })
  .add('other-names', { type: list(string()), default: [] })
  .add('supply', { type: object() })
  .add('amount', { type: number(), default: undefined })
  .add('tags', { type: string(), nargs: '*', default: [] })
  .add('raw', { type: (value) => typeof value, default: undefined })

test('a JSON body is read by its own types', async () => {
  const { body } = await read(
    basket,
    '',
    asJson({ name: 'a', supply: { x: 1 }, tags: ['t'], raw: [1], more: 1 }),
  )
  expect(body).toEqual({ name: 'a', 'other-names': [], supply: { x: 1 }, tags: ['t'], raw: 'object' })
})

test('in JSON a value of another type is refused', async () => {
  const { status, faults } = await read(
    basket,
    '',
    asJson({ name: 'ABCDEF', supply: [], amount: 'x', tags: [1], 'other-names': 'a' }),
  )
  expect(status).toBe(400)
  expect(faults).toEqual({
    name: 'must have at most 5 characters',
    supply: 'must be an object',
    amount: 'must be a number',
    tags: 'must be a string',
    'other-names': 'must be a list',
  })
})

test('a null is a value, not an absence', async () => {
  const { faults } = await read(basket, '', asJson({ name: null, supply: {} }))
  expect(faults).toEqual({ name: 'must be a string' })
})

test.each(['[]', '1', 'null', '"a"'])('the body %s is no object', async (text) => {
  expect((await read(basket, '', { type: 'application/json', text })).status).toBe(400)
})

test('a form is read like a query', async () => {
  const login = new ArgumentHandler('form')
    .add('user')
    .add('password', { type: string({ minLength: 1 }) })
    .add('options', { type: object(), default: undefined })
  const { body } = await read(login, 'user=not-this', asForm('user=a%40b&password=+&options={"a":1}'))
  expect(body).toEqual({ user: 'a@b', password: ' ', options: { a: 1 } })
  const { faults } = await read(login, '', asForm('password=&options={'))
  expect(faults).toEqual({
    user: 'is required',
    password: 'must have at least 1 characters',
    options: 'must be an object',
  })
})

test('an argument called __proto__ is one like others', async () => {
  const reader = new ArgumentHandler('json').add('__proto__', { type: object() })
  const { status } = await read(reader, '', { type: 'application/json', text: '{"__proto__":{"a":1}}' })
  expect(status).toBe(200)
  const absent = await read(reader, '', asJson({}))
  expect(absent.faults).toEqual({ ['__proto__']: 'is required' })
})

test('what a type throws besides its own error is a fault of the program', async () => {
  const reader = new ArgumentHandler('query').add('x', {
    type: () => {
      throw new TypeError('bug')
    },
  })
  expect((await read(reader, 'x=1')).status).toBe(500)
})

test('a handler is a value: adding makes another one', async () => {
  const one = new ArgumentHandler('query').add('a')
  const two = one.add('b')
  expect((await read(one, 'a=1&b=2')).status).toBe(400)
  expect((await read(two, 'a=1&b=2')).body).toEqual({ a: '1', b: '2' })
  expect(() => two.add('a')).toThrow(TypeError)
  expect(() => two.add('c', { dest: 'a' })).toThrow(TypeError)
})

test('the failure is an HttpError with its fields', async () => {
  let caught: unknown
  class Catches extends RestHandler {
    override get() {
      try {
        listing.parseQuery(this.request)
      } catch (error) {
        caught = error
      }
      return 'caught'
    }
  }
  const { url } = await serve((server) => server.addRoute('/', Catches))
  await fetch(url)
  expect(caught).toBeInstanceOf(HttpError)
  expect((caught as HttpError).code).toBe('invalid-arguments')
  expect((caught as HttpError).fields).toEqual([{ name: 'user', message: 'is required' }])
})
