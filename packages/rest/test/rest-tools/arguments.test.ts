/* The cases of rest-tools' arghandler_test, in our words; what differs is told in docs/deviations.md. */
import {
  ArgumentHandler,
  ArgumentTypeError,
  boolean,
  integer,
  list,
  number,
  object,
  string,
} from '@hexapla/rest'
import { describe, expect, test } from 'vitest'
import { asJson, read, type Answer, type ArgumentReader } from '../read-arguments.ts'

const compound = [{ apple: true }, { banana: 951 }, { cucumber: false }]

type Values = Readonly<Record<string, unknown>>

/** Reads the same values from a query, or from a JSON body. */
async function readFrom(source: 'query' | 'json', reader: ArgumentReader, values: Values): Promise<Answer> {
  if (source === 'json') return await read(reader, '', asJson(values))
  return await read(reader, new URLSearchParams(values as Record<string, string>).toString())
}

describe.each(['query', 'json'] as const)('%s', (source) => {
  test.each([[null], ['a-string'], [100], [50.5]])('100: the default %j is taken as it is', async (value) => {
    const untyped = new ArgumentHandler(source).add('myarg', { default: value })
    expect((await readFrom(source, untyped, {})).body).toEqual({ myarg: value })
    const typed = new ArgumentHandler(source).add('myarg', { default: value, type: integer() })
    expect((await readFrom(source, typed, {})).body).toEqual({ myarg: value })
  })

  test('110: without a type a value stays as it came', async () => {
    const texts = { foo: '-10', bar: 'True', bat: '2.5', baz: 'Toyota Corolla', boo: 'False' }
    const reader = new ArgumentHandler(source).add('foo').add('bar').add('bat').add('baz').add('boo')
    expect((await readFrom(source, reader, texts)).body).toEqual(texts)
  })

  test('111: a type makes the value', async () => {
    const reader = new ArgumentHandler(source)
      .add('foo', { type: integer() })
      .add('bar', { type: boolean() })
      .add('boo', { type: boolean() })
      .add('ghi', { type: boolean() })
      .add('jkl', { type: boolean() })
      .add('mno', { type: boolean() })
      .add('bat', { type: number() })
      .add('abc', { type: number() })
      .add('baz', { type: string() })
      .add('def', { type: string() })
      .add('zzz', { type: () => 'whatever it was' })
    const given = {
      foo: '-10',
      bar: 'True',
      boo: 'False',
      ghi: 'no',
      jkl: '1',
      mno: '0',
      bat: '2.5',
      abc: '2',
      baz: 'Toyota Corolla',
      def: '1000',
      zzz: 'yup',
    }
    expect((await readFrom(source, reader, given)).body).toEqual({
      foo: -10,
      bar: true,
      boo: false,
      ghi: false,
      jkl: true,
      mno: false,
      bat: 2.5,
      abc: 2,
      baz: 'Toyota Corolla',
      def: '1000',
      zzz: 'whatever it was',
    })
  })

  test.each([
    ['foo', 'hank', integer()],
    ['bat', '2.5', integer()],
    ['baz', '9e-33', integer()],
    ['bar', 'idk', boolean()],
    ['boo', '2', boolean()],
    ['abc', '222.111.333', number()],
  ])('112: %s cannot be %s', async (name, value, type) => {
    const answer = await readFrom(source, new ArgumentHandler(source).add(name, { type }), { [name]: value })
    expect([answer.status, answer.detail]).toEqual([400, `argument ${name}: invalid type`])
  })

  test('120, 121: what is missing is named', async () => {
    const one = new ArgumentHandler(source).add('reqd')
    expect((await readFrom(source, one, {})).detail).toBe('the following arguments are required: reqd')
    const three = one.add('foo').add('bar')
    const answer = await readFrom(source, three, { foo: 'val' })
    expect(answer.detail).toBe('the following arguments are required: reqd, bar')
    expect(answer.faults).toEqual({ reqd: 'is required', bar: 'is required' })
  })

  test('140: what was not added is refused by its name', async () => {
    const reader = new ArgumentHandler(source).add('reqd').add('foo')
    const answer = await readFrom(source, reader, { foo: 'val', reqd: '2', xtra: 1, another: compound })
    expect(answer.detail).toBe('unrecognized arguments: xtra, another')
    expect(answer.faults).toEqual({ xtra: 'is unrecognized', another: 'is unrecognized' })
  })

  test('200: a value may get another name', async () => {
    const reader = new ArgumentHandler(source).add('old_name', { dest: 'new_name' }).add('bar')
    const { body } = await readFrom(source, reader, { old_name: '-10', bar: 'True' })
    expect(body).toEqual({ new_name: '-10', bar: 'True' })
  })

  test('210, 211: one of several choices', async () => {
    const reader = new ArgumentHandler(source).add('pick_it', { choices: ['rock', 'paper', 'scissors'] })
    expect((await readFrom(source, reader, { pick_it: 'paper' })).body).toEqual({ pick_it: 'paper' })
    const answer = await readFrom(source, reader, { pick_it: 'hammer' })
    expect([answer.status, answer.detail]).toEqual([
      400,
      "argument pick_it: invalid choice: 'hammer' (choose from 'rock', 'paper', 'scissors')",
    ])
  })

  // Where Python has ValueError, JavaScript has these.
  test.each([
    ['SyntaxError', () => JSON.parse('{') as unknown],
    ['RangeError', () => BigInt(1.5)],
    ['URIError', () => decodeURIComponent('%')],
    ['TypeError of URL', () => new URL('nowhere')],
  ])('230, 236: %s of a type function is an invalid type', async (_name, type) => {
    const answer = await readFrom(source, new ArgumentHandler(source).add('foo', { type }), { foo: 'True' })
    expect([answer.status, answer.detail]).toEqual([400, 'argument foo: invalid type'])
  })

  test.each([[new Error('own')], [new TypeError('undefined is not a function')]])(
    '232: %s is a fault of the program, and not shown',
    async (error) => {
      const type = () => {
        throw error
      }
      const answer = await readFrom(source, new ArgumentHandler(source).add('foo', { type }), { foo: 'a' })
      expect(answer.status).toBe(500)
      expect(JSON.stringify(answer.body)).not.toContain(error.message)
    },
  )

  test('234: the message of an ArgumentTypeError is shown', async () => {
    const type = () => {
      throw new ArgumentTypeError("it's a bad value and you *will* see this!")
    }
    const answer = await readFrom(source, new ArgumentHandler(source).add('foo', { type }), { foo: 'True' })
    expect(answer.detail).toBe("argument foo: it's a bad value and you *will* see this!")
  })
})

test('110: without a type a JSON value of any kind stays as it came', async () => {
  const body = { dicto: { abc: 123 }, listo: [1, 2, 3], falso: false, truo: true, compoundo: compound }
  const reader = new ArgumentHandler('json')
    .add('dicto')
    .add('listo')
    .add('falso')
    .add('truo')
    .add('compoundo')
  expect((await read(reader, '', asJson(body))).body).toEqual(body)
})

test('111: types of JSON values', async () => {
  const reader = new ArgumentHandler('json')
    .add('dicto', { type: object() })
    .add('listo', { type: list(integer()) })
    .add('falso', { type: boolean() })
    .add('truo', { type: boolean() })
    .add('compoundo', { type: list() })
  const body = { dicto: { abc: 123 }, listo: [1, 2, 3], falso: false, truo: true, compoundo: compound }
  expect((await read(reader, '', asJson(body))).body).toEqual(body)
})

test.each([
  ['an object', { abc: 123 }, integer()],
  ['a list', [1, 2, 3], integer()],
  ['a list', compound, object()],
  // Python makes the list of the keys; for the caller it is a mistake.
  ['an object', { def: 456 }, list()],
])('112: %s of JSON that should be something else', async (_kind, value, type) => {
  const reader = new ArgumentHandler('json').add('it', { type })
  expect((await read(reader, '', asJson({ it: value }))).detail).toBe('argument it: invalid type')
})

test('130, 220: a key given several times', async () => {
  const reader = new ArgumentHandler('query')
    .add('foo', { type: integer(), nargs: '*' })
    .add('baz', { type: string(), nargs: '*' })
    .add('bar')
  const query = 'foo=22&foo=44&foo=66&foo=88&bar=abc&baz=hello+world!&baz=hello+mars!'
  expect((await read(reader, query)).body).toEqual({
    foo: [22, 44, 66, 88],
    bar: 'abc',
    baz: ['hello world!', 'hello mars!'],
  })
})

test('130, 141: a list of pairs is no JSON object', async () => {
  const reader = new ArgumentHandler('json').add('foo', { nargs: '*' })
  const answer = await read(
    reader,
    '',
    asJson([
      ['foo', '22'],
      ['foo', '44'],
    ]),
  )
  expect([answer.status, answer.detail]).toEqual([400, 'the body must be a JSON object'])
})

test('141: what was not added is named once, however often it is given', async () => {
  const reader = new ArgumentHandler('query').add('reqd').add('foo')
  const answer = await read(reader, 'foo=val&reqd=2&xtra=1&another=True&another=False&another=who+knows')
  expect(answer.detail).toBe('unrecognized arguments: xtra, another')
})

test('210, 211: choices of a JSON body are compared by what is in them', async () => {
  const reader = new ArgumentHandler('json').add('pick_it', { choices: [{ abc: 123 }, { def: 456 }] })
  expect((await read(reader, '', asJson({ pick_it: { abc: 123 } }))).body).toEqual({ pick_it: { abc: 123 } })
  expect((await read(reader, '', asJson({ pick_it: 'hank' }))).detail).toBe(
    `argument pick_it: invalid choice: 'hank' (choose from {"abc":123}, {"def":456})`,
  )
})
