import { Readable } from 'node:stream'
import {
  ArgumentHandler,
  Auth,
  authenticated,
  bearerAuthentication,
  boolean,
  HttpError,
  identityKey,
  integer,
  list,
  number,
  protect,
  RestHandler,
  RestServer,
  restToolsRepresentation,
  roleAuthorization,
  string,
} from '@hexapla/rest'

interface Fruit {
  readonly name: string
  readonly price: number
  readonly tags: readonly unknown[]
}

interface Garden {
  readonly fruits: Map<string, Fruit>
  /** How often each flaky resource was asked. */
  readonly calls: Map<string, number>
}

const listing = new ArgumentHandler('query')
  .add('below', { type: number(), default: 1000 })
  .add('tagged', { type: boolean(), default: false })
const fruit = new ArgumentHandler('json')
  .add('name', { type: string({ minLength: 1 }) })
  .add('price', { type: number() })
  .add('tags', { type: list(), default: [] })
const faultsInQuery = new ArgumentHandler('query').add('faults', { type: integer() })
const faultsInBody = new ArgumentHandler('json').add('faults', { type: integer() })
const harvest = new ArgumentHandler('query').add('count', { type: integer({ min: 0 }) })

class Fruits extends RestHandler<Garden> {
  override get() {
    const { below, tagged } = listing.parseQuery(this.request)
    return [...this.deps.fruits.values()].filter(
      ({ price, tags }) => price < below && (!tagged || tags.length > 0),
    )
  }

  override async post() {
    const added = await fruit.parse(this.request)
    this.deps.fruits.set(added.name, added)
    return added
  }
}

class SingleFruit extends RestHandler<Garden> {
  override get() {
    const name = this.request.param('name')
    if (name === 'whoami') {
      return [this.request.state.get(identityKey)?.subject, this.request.header('x-greeting')]
    }
    return this.deps.fruits.get(name) ?? Promise.reject(unknown(name))
  }

  override delete() {
    const name = this.request.param('name')
    if (!this.deps.fruits.delete(name)) throw unknown(name)
  }
}

class Flaky extends RestHandler<Garden> {
  override get() {
    return this.#answer(faultsInQuery.parseQuery(this.request).faults)
  }

  override async post() {
    return this.#answer((await faultsInBody.parse(this.request)).faults)
  }

  #answer(faults: number) {
    const name = this.request.param('name')
    const calls = (this.deps.calls.get(name) ?? 0) + 1
    this.deps.calls.set(name, calls)
    if (calls <= faults) throw new HttpError(503, 'busy', 'busy', { headers: { 'retry-after': '0' } })
    return { calls }
  }
}

class Harvest extends RestHandler<Garden> {
  override get() {
    const { count } = harvest.parseQuery(this.request)
    this.response.type('application/x-ndjson')
    return Readable.from(
      (function* () {
        for (let number = 0; number < count; number += 1) {
          yield `${JSON.stringify({ number })}${number % 2 === 0 ? '\r\n\n' : '\n'}`
        }
      })(),
    )
  }
}

/** A server of ours with what rest-server.py has: arguments, tokens of a shared secret, roles, failures, a stream. */
export async function startFruitServer(secret: string): Promise<AsyncDisposable & { readonly url: string }> {
  const deps: Garden = { fruits: new Map(), calls: new Map() }
  const validator = new Auth({ secret, algorithm: 'HS512', issuer: 'fruits' })
  const gardeners = roleAuthorization({ roles: ['gardener'] })
  const readers = roleAuthorization({ roles: ['reader', 'gardener'] })
  const server = new RestServer({ errorRepresentation: restToolsRepresentation })
    .before(bearerAuthentication({ validator }))
    .addRoute('/fruits', protect(Fruits, { get: readers, post: gardeners }), { deps })
    .addRoute('/fruits/:name', protect(SingleFruit, { get: authenticated, delete: gardeners }), { deps })
    .addRoute('/flaky/:name', Flaky, { deps })
    .addRoute('/harvest', protect(Harvest, authenticated), { deps })
  const { url } = await server.startup({ address: '127.0.0.1', port: 0 })
  return { url, [Symbol.asyncDispose]: () => server.stop() }
}

function unknown(name: string): HttpError {
  return new HttpError(404, 'fruit-unknown', `no fruit is called ${name}`)
}
