import assert from 'node:assert/strict'
import { ANONYMOUS_GROUP, SYSTEM_ACTOR } from '@hexapla/repository'
import type { HexaplaServer } from '@hexapla/server'
import type { Check } from '../run-checks.ts'
import { uuidOf } from './corpus.ts'
import type { RunningSolr } from './solr-process.ts'

interface Engine {
  readonly server: HexaplaServer
  readonly solr: RunningSolr
  /** Starts Solr again, on the same port and with what it kept. */
  readonly restart: () => Promise<RunningSolr>
  /** Lets the server believe in another day; undefined for the true one. */
  readonly setClock: (moment: Date | undefined) => void
}

/** What holds beside the answers: writes are found at once, rights count at once, and an engine may fail. */
export function engineChecks({ server, solr, restart, setClock }: Engine): readonly Check[] {
  const { useCases, database } = server.repository
  const ask = async (query: string): Promise<{ status: number; found: number; message?: string }> => {
    const response = await fetch(
      `${server.url}/islandora/rest/v1/solr/${encodeURIComponent(query)}?fl=PID&rows=5000`,
    )
    const body = (await response.json()) as {
      readonly message?: string
      readonly response?: { readonly numFound: number; readonly docs: readonly unknown[] }
    }
    const found = body.response?.numFound ?? 0
    assert.equal(body.response?.docs.length ?? 0, found)
    return { status: response.status, found, ...(body.message !== undefined && { message: body.message }) }
  }
  const made = async (label: string): Promise<string> => {
    const created = await useCases.objects.create(SYSTEM_ACTOR, { label })
    return created.record.pid
  }
  return [
    {
      name: 'every write is found by the next request, also by eight clients at once',
      async run() {
        const took: number[] = []
        const client = async (number: number): Promise<void> => {
          for (let round = 0; round < 10; round += 1) {
            const word = `whelk${number}x${round}`
            const pid = await made(word)
            const began = performance.now()
            assert.equal((await ask(word)).found, 1)
            took.push(performance.now() - began)
            await useCases.objects.change(SYSTEM_ACTOR, { pid, label: `${word}y`, expected: 'any' })
            assert.equal((await ask(word)).found, 0)
            assert.equal((await ask(`${word}y`)).found, 1)
            await useCases.objects.delete(SYSTEM_ACTOR, { pid, expected: 'any' })
            assert.equal((await ask(`${word}y`)).found, 0)
          }
        }
        await Promise.all(Array.from({ length: 8 }, (_, number) => client(number)))
        return `${median(took).toFixed(0)} ms median from a write to its answer`
      },
    },
    {
      name: 'a right that is taken is gone, one that is given is there',
      async run() {
        const [id, pid] = [uuidOf(8), 'PID:"islandora:8"']
        assert.equal((await ask(pid)).found, 1)
        await database.write.deleteFrom('resource_policy').where('resource_id', '=', id).execute()
        assert.equal((await ask(pid)).found, 0)
        const policy = { resource_id: id, action: 'READ' as const, group_id: ANONYMOUS_GROUP }
        await database.write
          .insertInto('resource_policy')
          .values({ ...policy, origin: 'custom' })
          .execute()
        assert.equal((await ask(pid)).found, 1)
        return 'by the next request'
      },
    },
    {
      name: 'a record that says too much is found, and keeps no other one from it',
      async run() {
        const long = 'limpet'.repeat(6000)
        const others = [await made('limpets'), await made(`${long} limpets`), await made('more limpets')]
        assert.equal((await ask('limpets')).found, 3)
        for (const pid of others) await useCases.objects.delete(SYSTEM_ACTOR, { pid, expected: 'any' })
        return `a word of ${long.length} letters`
      },
    },
    {
      name: 'a policy that begins by date counts from that day on, and not before',
      async run() {
        // See `policiesOf` in corpus.ts.
        const query = 'fgs_state_s:Active AND dc.title:*'
        const before = (await ask(query)).found
        setClock(new Date('2990-01-01T00:00:00Z'))
        const then = (await ask(query)).found
        setClock(undefined)
        assert.ok(then > before)
        assert.equal((await ask(query)).found, before)
        return `${then - before} records more`
      },
    },
    {
      name: 'Solr down: 503 with a message, writes go on, and what was written is found when it is back',
      async run() {
        await solr[Symbol.asyncDispose]()
        const { status, message } = await ask('coast')
        assert.deepEqual([status, message], [503, 'Solr does not answer'])
        const pid = await made('written meanwhile')
        await using _again = await restart()
        assert.equal((await ask('meanwhile')).found, 1)
        assert.equal((await ask(`PID:"${pid}"`)).found, 1)
        assert.ok((await ask('coast')).found > 100)
        await reindexed(server, solr.url)
        return 'and what Solr has that is nobody’s goes with a reindex'
      },
    },
  ]
}

/** What Solr has too much is gone, and what it lacks is there. */
async function reindexed({ repository: { useCases } }: HexaplaServer, url: string): Promise<void> {
  const update = (body: unknown): Promise<Response> =>
    fetch(`${url}/update?softCommit=true`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  await update([{ _id_: 'stray', _read_at_: '2020-01-01T00:00:00.000Z' }])
  await update({ delete: [uuidOf(8)] })
  for await (const { done, total } of useCases.records.rebuildSearchIndex(SYSTEM_ACTOR)) {
    assert.ok(done <= total)
  }
  const has = async (id: string): Promise<unknown> => {
    const response = await fetch(`${url}/select?rows=0&q=_id_:${id}`)
    return ((await response.json()) as { response: { numFound: number } }).response.numFound
  }
  assert.equal(await has('stray'), 0)
  assert.equal(await has(uuidOf(8)), 1)
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}
