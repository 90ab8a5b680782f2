/*
 * How long questions about datasets take: npm run bench:datasets [-- --datasets 1000000 --rounds 40]
 * One after the other, in this process, as a visitor; on this machine's PostgreSQL, which is filled first, at a tenth of
 * the size and at all of it.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  metadataValue,
  openRepository,
  startEmbeddedPostgres,
  SYSTEM_ACTOR,
  type Repository,
  type UseCases,
} from '@hexapla/repository'
import { parseConfig, repositoryConfig } from '@hexapla/server'
import { Client } from 'pg'
import { withTemporaryDirectory } from '../interop/process/temporary-directory.ts'
import { fillWithDatasets, NAMES, TYPES, YEARS } from './dataset-items.ts'

const { values } = parseArgs({
  options: { datasets: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '40' } },
})
const total = Number(values.datasets)
const rounds = Number(values.rounds)

await withTemporaryDirectory('bench-datasets', async (directory) => {
  const postgres = await startEmbeddedPostgres({ directory: join(directory, 'postgres') })
  const settings = {
    DATABASE_URL: postgres.url,
    HEXAPLA_DATA: directory,
    HEXAPLA_ADMIN_EMAIL: 'admin@example.org',
  }
  const repository = await openRepository(repositoryConfig(parseConfig(settings)))
  try {
    const collectionId = await addCollection(repository)
    const medians: ReadonlyMap<string, number>[] = []
    for (const [from, to] of [
      [0, total / 10],
      [total / 10, total],
    ] as const) {
      const began = performance.now()
      await fillWithDatasets(repository, { url: postgres.url, collectionId, from, to })
      await repository.settled()
      await tidy(postgres.url)
      console.log(`\n${to} datasets (filled in ${((performance.now() - began) / 1000).toFixed(0)} s)\n`)
      medians.push(await measure(repository.useCases))
    }
    console.log(`\ngrowth from ${total / 10} to ${total}:`)
    for (const [name, median] of medians[1] ?? []) {
      console.log(`  ${name}: × ${(median / (medians[0]?.get(name) ?? Number.NaN)).toFixed(1)}`)
    }
  } finally {
    await repository.close()
    await postgres.stop()
  }
})

async function addCollection({ useCases }: Repository): Promise<string> {
  const metadata = { 'dc.title': [metadataValue('Collection')] }
  const community = await useCases.communities.create(SYSTEM_ACTOR, { parentId: null, metadata })
  return (await useCases.collections.create(SYSTEM_ACTOR, { parentId: community.id, metadata })).id
}

/** What PostgreSQL does by itself a minute after so many writes. */
async function tidy(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query('vacuum analyze')
  await client.query('checkpoint')
  await client.end()
}

/** A question, asked anew each round; tells how many datasets it found. */
type Ask = (round: number) => Promise<number>

function questionsOf(
  { datasets }: UseCases,
  visitor: Awaited<ReturnType<UseCases['access']['anonymous']>>,
): Record<string, Ask> {
  const find = async (query: Parameters<typeof datasets.findIds>[1]) =>
    (await datasets.findIds(visitor, query, { size: 10 })).total
  const year = (round: number): number => YEARS.first + (round % (YEARS.last - YEARS.first))
  const name = (round: number): string => NAMES[round % NAMES.length] ?? ''
  return {
    // One of four names, a third of the time, a tenth of the globe: about a hundredth of all.
    'polygon, time and name: 1 %': (round) =>
      find({
        name: name(round),
        startTime: `${YEARS.first + (round % 6)}-01-01`,
        endTime: `${YEARS.first + 4 + (round % 6)}-01-01`,
        polygon: slanted(round, 95, 46),
      }),
    'the same by type': (round) =>
      find({
        type: TYPES[round % TYPES.length] ?? '',
        startTime: `${YEARS.first + (round % 6)}-01-01`,
        endTime: `${YEARS.first + 5 + (round % 6)}-01-01`,
        polygon: slanted(round, 85, 50),
      }),
    'polygon and name, all times: 1 %': (round) =>
      find({ name: name(round), polygon: slanted(round, 55, 27) }),
    'box and name, all times: 1 %': (round) => find({ name: name(round), polygon: box(round, 50, 27) }),
    'polygon, time and name: 100 of a million': (round) =>
      find({
        name: name(round),
        startTime: `${year(round)}-03-01`,
        endTime: `${year(round)}-07-01`,
        polygon: slanted(round, 30, 12),
      }),
    'time and name: 2 %': (round) =>
      find({ name: name(round), startTime: `${year(round)}-01-01`, endTime: `${year(round) + 1}-01-01` }),
    '/types': async () => (await datasets.listTypes(visitor)).length,
    '/datasets': async () => (await datasets.listNames(visitor)).length,
    overlaps: async (round) =>
      (await datasets.findOverlapping(visitor, `dataset-${round * 97}`, {}, { size: 10 })).total,
    'fields of ten datasets': async (round) =>
      (
        await datasets.find(
          visitor,
          { name: name(round), type: TYPES[0] ?? '', polygon: slanted(round, 10, 10) },
          { size: 10 },
        )
      ).total,
  }
}

/** A quadrilateral that lies aslant, as areas of interest do. */
function slanted(round: number, width: number, height: number): unknown {
  const [west, south] = [-170 + ((round * 37) % 200), -55 + ((round * 13) % 40)]
  return [
    [
      [west + width * 0.1, south],
      [west + width, south + height * 0.1],
      [west + width * 0.9, south + height],
      [west, south + height * 0.9],
      [west + width * 0.1, south],
    ],
  ]
}

function box(round: number, width: number, height: number): unknown {
  const [west, south] = [-170 + ((round * 37) % 200), -55 + ((round * 13) % 40)]
  return [
    [
      [west, south],
      [west + width, south],
      [west + width, south + height],
      [west, south + height],
      [west, south],
    ],
  ]
}

async function measure(useCases: UseCases): Promise<ReadonlyMap<string, number>> {
  const visitor = await useCases.access.anonymous()
  console.log('| question | found | p50 ms | p95 | longest |\n| --- | --- | --- | --- | --- |')
  const medians = new Map<string, number>()
  for (const [name, ask] of Object.entries(questionsOf(useCases, visitor))) {
    const times: number[] = []
    let found = 0
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now()
      found += await ask(round)
      times.push(performance.now() - began)
    }
    const sorted = times.toSorted((one, other) => one - other)
    const at = (share: number): number =>
      sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
    medians.set(name, at(0.5))
    console.log(
      `| ${name} | ${Math.round(found / rounds)} | ${[0.5, 0.95, 1].map((share) => at(share).toFixed(1)).join(' | ')} |`,
    )
  }
  return medians
}
