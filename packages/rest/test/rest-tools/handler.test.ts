/* What the RestHandler of rest-tools offers besides authentication. */
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { ArgumentHandler, HttpError, integer, RestHandler, restToolsRepresentation } from '@hexapla/rest'
import { expect, test } from 'vitest'
import { codeOf, serve } from '../serve.ts'

const whole = new ArgumentHandler('json', { unrecognized: 'ignore' }).add('n', {
  type: integer(),
  default: 0,
})

class Asks extends RestHandler {
  override async post() {
    const name = await this.getArgument('name')
    const colour = await this.getArgument('colour', 'grey')
    return { name, colour, whole: await whole.parse(this.request), all: await this.jsonArguments() }
  }
}

async function ask(query: string, body?: string, type = 'application/json'): Promise<Response> {
  const { url } = await serve((server) => server.addRoute('/', Asks))
  const headers = body === undefined ? {} : { 'content-type': type }
  return await fetch(`${url}/?${query}`, { method: 'POST', headers, ...(body === undefined ? {} : { body }) })
}

test('an argument is taken from the query first, then from the body, which is read once', async () => {
  const answer = await ask('name=first&name=%20query%20', '{"name":"body","colour":null,"n":3}')
  expect(await answer.json()).toEqual({
    name: 'query',
    colour: null,
    whole: { n: 3 },
    all: { name: 'body', colour: null, n: 3 },
  })
  expect(await (await ask('', '{"name":["body"]}')).json()).toMatchObject({ name: ['body'], colour: 'grey' })
})

test.each([[undefined], ['']])('a request with the body %j has no arguments in it', async (body) => {
  expect(await (await ask('name=a', body)).json()).toEqual({
    name: 'a',
    colour: 'grey',
    whole: { n: 0 },
    all: {},
  })
})

test.each([
  ['absent', '{}', 'application/json', 400, 'invalid-arguments'],
  ['an inherited property', '{"__proto__":{"name":1}}', 'application/json', 400, 'invalid-arguments'],
  ['in a list', '["name"]', 'application/json', 400, 'invalid-arguments'],
  ['in no JSON', 'name', 'application/json', 400, 'malformed-json'],
  ['in another type', 'name=1', 'application/x-www-form-urlencoded', 415, 'unsupported-media-type'],
])('an argument that is %s is refused', async (_how, body, type, status, code) => {
  const answer = await ask('', body, type)
  expect([answer.status, await codeOf(answer)]).toEqual([status, code])
})

class Fails extends RestHandler<string> {
  override get() {
    if (this.deps === 'unknown') throw new Error('secret')
    throw new HttpError(409, 'taken', this.deps, { fields: [{ name: 'name', message: 'is taken' }] })
  }
}

async function failWith(message: string) {
  return await serve((server) => server.addRoute('/', Fails, { deps: message }), {
    errorRepresentation: restToolsRepresentation,
  })
}

test('a failure has code and error, and its message as reason phrase', async () => {
  const { url } = await failWith('this name is taken')
  const response = await fetch(url)
  expect([response.status, response.statusText]).toEqual([409, 'this name is taken'])
  expect(await response.json()).toEqual({
    code: 409,
    error: 'this name is taken',
    errors: [{ name: 'name', message: 'is taken' }],
  })
})

test('an unknown failure shows nothing but a reference', async () => {
  const { url } = await failWith('unknown')
  const body = (await (await fetch(url)).json()) as Record<string, unknown>
  expect(body).toEqual({ code: 500, error: body['error'], reference: body['reference'] })
  expect(body['reference']).toMatch(/^[0-9a-f-]{36}$/)
  expect(JSON.stringify(body)).not.toContain('secret')
})

test('no message can break the status line', async () => {
  const { port } = await failWith(`Zwölf\r\nset-cookie: a=b\r\n${'x'.repeat(5000)}`)
  const socket = connect({ port, host: '127.0.0.1' })
  socket.write('GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n')
  const [first, ...rest] = (await text(socket)).split('\r\n')
  expect(first).toMatch(/^HTTP\/1\.1 409 Zw\?lf\?\?set-cookie: a=b\?\?x+$/)
  expect(first?.length).toBeLessThan(600)
  expect(rest).not.toContain('set-cookie: a=b')
})
