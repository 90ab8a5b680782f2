/*
 * How long searches take: npm run bench:search [-- --records 100000 --rounds 30]
 * One after the other, in this process, as a visitor; on this machine's PostgreSQL, which is filled first.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  ANONYMOUS_GROUP,
  metadataValue,
  openRepository,
  startEmbeddedPostgres,
  SYSTEM_ACTOR,
  type Repository,
  type UseCases,
} from '@hexapla/repository'
import { Client } from 'pg'
import { parseConfig, repositoryConfig } from '@hexapla/server'
import { withTemporaryDirectory } from '../interop/process/temporary-directory.ts'
import { fillWithItems, VOCABULARY } from './search-items.ts'

const { values } = parseArgs({
  options: { records: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '30' } },
})

/** Rounds of each search before those that are measured: what is read from disk once is not what a search takes. */
const WARMING = 10

await withTemporaryDirectory('bench-search', async (directory) => {
  const postgres = await startEmbeddedPostgres({ directory: join(directory, 'postgres') })
  const settings = {
    DATABASE_URL: postgres.url,
    HEXAPLA_DATA: directory,
    HEXAPLA_ADMIN_EMAIL: 'admin@example.org',
  }
  const repository = await openRepository(repositoryConfig(parseConfig(settings)))
  try {
    const started = performance.now()
    const items = Number(values.records)
    await fillWithItems(repository, { collectionId: await addCollection(repository), items })
    await repository.settled()
    console.log(
      `${items} records written and indexed in ${((performance.now() - started) / 1000).toFixed(0)} s`,
    )
    await tidy(postgres.url)
    await measure(repository.useCases, Number(values.rounds))
  } finally {
    await repository.close()
    await postgres.stop()
  }
})

/** What PostgreSQL does by itself a minute after so many writes. */
async function tidy(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query('vacuum analyze')
  await client.end()
}

async function addCollection({ useCases }: Repository): Promise<string> {
  const metadata = { 'dc.title': [metadataValue('Collection')] }
  const community = await useCases.communities.create(SYSTEM_ACTOR, { parentId: null, metadata })
  const collection = await useCases.collections.create(SYSTEM_ACTOR, { parentId: community.id, metadata })
  return collection.id
}

type Search = (words: (place: number) => string) => Promise<unknown>

function searchesOf({ records }: UseCases, visitor: Awaited<ReturnType<UseCases['access']['anonymous']>>) {
  const query = (input: Parameters<typeof records.query>[1]) => records.query(visitor, { rows: 20, ...input })
  const solr: Record<string, Search> = {
    'a rare word': (word) => query({ q: word(900) }),
    'a frequent word': (word) => query({ q: word(5) }),
    'a word of a field': (word) => query({ q: `dc.title:${word(300)}` }),
    'two of three words': (word) => query({ q: `+${word(100)} +${word(200)} ${word(300)}` }),
    'a phrase': (word) => query({ q: `dc.title:"${word(50)} ${word(60)}"` }),
    'a phrase with slop': (word) => query({ q: `dc.title:"${word(50)} ${word(60)}"~3` }),
    'the beginning of a word': (word) => query({ q: `dc.title:${word(400).slice(0, 5)}*` }),
    'a wildcard in the middle': (word) => query({ q: `dc.title:${word(400).replace(/^(...)../, '$1??')}` }),
    'a word and filters': (word) =>
      query({ q: word(100), fq: ['fgs_state_s:Active', 'fgs_createdDate_dt:[NOW-1YEAR TO NOW]'] }),
    'a pid': (word) => query({ q: `PID:"bench:${word(700).length * 321}"` }),
    'two facets': (word) => query({ q: word(200), facets: { fields: ['dc.subject', 'dc.date.issued'] } }),
    everything: () => query({ q: '*:*', sort: 'fgs_createdDate_dt desc' }),
    'the next page behind a mark': () =>
      query({ q: '*:*', sort: 'PID asc', cursorMark: 'WyJiZW5jaDo1MDAwMCJd' }),
    'a fuzzy word': (word) => query({ q: `dc.title:${word(400)}~1` }),
  }
  const dspace: Record<string, Search> = {
    'DSpace: a word': (word) =>
      records.search(
        visitor,
        { kinds: ['item', 'collection', 'community'], words: word(200) },
        { number: 0, size: 20 },
      ),
    'DSpace: a frequent word': (word) =>
      records.search(
        visitor,
        { kinds: ['item', 'collection', 'community'], words: word(0) },
        { number: 0, size: 20 },
      ),
  }
  return { Solr: solr, DSpace: dspace }
}

async function measure(useCases: UseCases, rounds: number): Promise<void> {
  const visitor = await useCases.access.anonymous()
  if (!visitor.groupIds.includes(ANONYMOUS_GROUP)) throw new Error('A visitor is in no group')
  console.log(`| search | p50 ms | p95 | p99 | longest |\n| --- | --- | --- | --- | --- |`)
  for (const [dialect, searches] of Object.entries(searchesOf(useCases, visitor))) {
    const all: number[] = []
    for (const [name, search] of Object.entries(searches)) {
      const times = await timesOf(search, rounds)
      console.log(lineOf(name, times))
      all.push(...times)
    }
    console.log(lineOf(`${dialect}: all`, all))
  }
}

/** In milliseconds. */
async function timesOf(search: Search, rounds: number): Promise<readonly number[]> {
  const times: number[] = []
  for (let round = -WARMING; round < rounds; round += 1) {
    const began = performance.now()
    await search((place) => VOCABULARY[(place + Math.abs(round) * 7) % VOCABULARY.length] ?? '')
    if (round >= 0) times.push(performance.now() - began)
  }
  return times
}

function lineOf(name: string, times: readonly number[]): string {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)
  return `| ${name} | ${at(0.5)} | ${at(0.95)} | ${at(0.99)} | ${at(1)} |`
}
