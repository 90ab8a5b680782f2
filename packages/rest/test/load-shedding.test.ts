import { setTimeout as delay } from 'node:timers/promises'
import { HttpError, RestHandler, type RestServerOptions } from '@hexapla/rest'
import { expect, test } from 'vitest'
import { codeOf, serve } from './serve.ts'

class Waits extends RestHandler {
  override async get() {
    await delay(Number(this.request.param('ms')))
    return 'done'
  }

  override async post() {
    return await this.request.text()
  }
}

class Fails extends RestHandler {
  override async get() {
    await delay(30)
    throw new HttpError(502, 'upstream', 'no answer')
  }
}

/** Calls of 20 ms are too long here, and chance is against every call. */
const shedding = { loadShedding: { timeoutMs: 20, random: () => 0.999 } }

async function start(options: RestServerOptions = shedding) {
  const over: unknown[] = []
  const { url } = await serve(
    (server) => {
      server.addRoute('/waits/:ms', Waits).addRoute('/fails', Fails)
      server.before((request, response) => void response.header('x-hook', request.method))
    },
    { ...options, onResponse: (request) => void over.push(request.id) },
  )
  /** Asks, and waits until the server has noticed that it answered. */
  return async (path: string, init: RequestInit = {}) => {
    const response = await fetch(url + path, init)
    await response.clone().arrayBuffer()
    while (!over.includes(response.headers.get('x-request-id'))) await delay(2)
    return response
  }
}

test('a route that takes too long is refused before anything is done', async () => {
  const ask = await start()
  for (let call = 0; call < 4; call++) expect((await ask('/waits/50')).status).toBe(200)
  const refused = await ask('/waits/1')
  expect([refused.status, await codeOf(refused)]).toEqual([503, 'server-overloaded'])
  expect(refused.headers.get('retry-after')).toBe('1')
  expect(refused.headers.get('x-hook')).toBe(null)
})

test('one overloaded route does not close the others, and unknown paths are not counted', async () => {
  const ask = await start()
  for (let call = 0; call < 4; call++) await ask('/waits/50')
  expect((await ask('/waits/50')).status).toBe(503)
  expect((await ask('/fails')).status).toBe(502)
  for (let call = 0; call < 6; call++) expect((await ask(`/unknown/${call}`)).status).toBe(404)
})

test('answers of 500 and above are not counted', async () => {
  const ask = await start()
  for (let call = 0; call < 6; call++) expect((await ask('/fails')).status).toBe(502)
})

test('a caller who sends slowly is not the fault of the route', async () => {
  const ask = await start()
  const slowly = async () => {
    const body = ReadableStream.from(
      (async function* () {
        yield 'be'
        await delay(60)
        yield 'gun'
      })(),
    ).pipeThrough(new TextEncoderStream())
    return await ask('/waits/0', {
      method: 'POST',
      body,
      duplex: 'half',
      headers: { 'content-type': 'text/plain' },
    })
  }
  for (let call = 0; call < 6; call++) expect(await (await slowly()).text()).toBe('begun')
})

test('chance lets some through, and without the option all', async () => {
  const lucky = await start({ loadShedding: { timeoutMs: 20, random: () => 0 } })
  for (let call = 0; call < 6; call++) expect((await lucky('/waits/50')).status).toBe(200)
  const without = await start({})
  for (let call = 0; call < 6; call++) expect((await without('/waits/50')).status).toBe(200)
  const byDefault = await start({ loadShedding: true })
  for (let call = 0; call < 6; call++) expect((await byDefault('/waits/50')).status).toBe(200)
})
