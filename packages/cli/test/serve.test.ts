import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ADMINISTRATOR, makePlace, type Place } from './hexapla-process.ts'

/** The files of vega-datasets, and the earthquakes in one of them. */
const SAMPLE_SIZE = 73 + 1707

describe('serve', { timeout: 120_000 }, () => {
  let place: Place
  beforeAll(async () => {
    place = await makePlace()
  })
  afterEach(() => place.endAll())
  afterAll(() => place.remove())

  const sampleItems = async (url: string): Promise<number> => {
    const found = await fetch(`${url}/server/api/discover/search/objects?dsoType=item&size=1`)
    const body = (await found.json()) as {
      _embedded: { searchResult: { page: { totalElements: number } } }
    }
    return body._embedded.searchResult.page.totalElements
  }

  it('interrupted at the first start, goes on with the sample at the next, and never begins it again', async () => {
    const settings = { HEXAPLA_SAMPLE: 'on', HEXAPLA_ADMIN_PASSWORD: '' }
    const first = await place.serve(settings)
    expect(first.stdout()).toBe(`listening on ${first.url}`)
    expect(first.stderr()).toMatch(/^administrator: admin@example\.org, password: \S{20,} /m)
    expect(await first.stop('SIGINT')).toBe(0)

    const second = await place.serve(settings)
    expect(second.stderr()).not.toContain('administrator')
    await second.saying(/^sample: \d+ items/)
    expect(await sampleItems(second.url)).toBe(SAMPLE_SIZE)
    expect(await second.stop()).toBe(0)

    const third = await place.serve(settings)
    expect(await third.stop()).toBe(0)
    expect(third.stderr()).not.toContain('sample')
  })

  it('refuses a second process on its data directory and lets the commands join', async () => {
    const server = await place.serve()
    const refused = await place.run(['serve'])
    expect(refused).toMatchObject({ code: 5, stdout: '' })
    expect(refused.stderr).toMatch(/^hexapla: Process \d+ already runs .*\n$/)
    const [problem] = await place
      .run(['serve', '--json'])
      .then(({ stderr }) => [JSON.parse(stderr) as object])
    expect(problem).toMatchObject({ error: { code: 'DATA_DIRECTORY_IN_USE' } })
    expect(await place.json(['user', 'list'])).toMatchObject([{ email: ADMINISTRATOR.email, canLogIn: true }])
    expect(await server.stop()).toBe(0)
  })

  it('ends in order when its launcher is told by every signal', async () => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      const server = await place.serve()
      expect(await server.stop(signal)).toBe(0)
    }
  })

  it('says that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const outcome = await place.run(['serve', '--port', String(port)])
    expect(outcome).toMatchObject({ code: 7, stdout: '' })
    expect(outcome.stderr).toContain('EADDRINUSE')
  })

  it('names every fault of its configuration', async () => {
    const settings = { HEXAPLA_PORT: 'many', HEXAPLA_SAMPLE: 'perhaps', HEXAPLA_SUPRISE: 'x' }
    const outcome = await place.run(['serve'], { settings })
    expect(outcome.code).toBe(2)
    for (const name of Object.keys(settings)) expect(outcome.stderr).toContain(name)
    const asJson = await place.run(['serve', '--json'], { settings })
    expect(JSON.parse(asJson.stderr)).toMatchObject({
      error: { code: 'CONFIG_INVALID', faults: { length: 3 } },
    })
  })

  it('ends with a failure when its database dies', async () => {
    const server = await place.serve()
    const pidFile = await readFile(join(place.directory, 'data/postgres/server/data/postmaster.pid'), 'utf8')
    process.kill(Number(pidFile.split('\n')[0]), 'SIGKILL')
    const [code] = (await once(server.process, 'exit')) as [number]
    expect(code).toBe(1)
    expect(server.stderr()).toContain('the database ended unexpectedly')
    const next = await place.serve()
    expect(await next.stop()).toBe(0)
  })
})
