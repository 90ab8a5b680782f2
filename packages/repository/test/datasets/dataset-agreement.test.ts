/*
 * Random datasets and random questions, answered here and by a plain, slow reference on JTS. In full:
 * DATASETS=100000 QUESTIONS=500 npm test -- packages/repository/test/datasets/dataset-agreement.test.ts
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { searchDatasets } from '../../src/postgres/datasets/search-datasets.ts'
import type { Way } from '../../src/postgres/datasets/shortest-way.ts'
import { findDatasetIds, type DatasetPaging } from '../../src/services/datasets/find-datasets.ts'
import { chance } from '../_support/random.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'
import { answerPlainly, randomQuestion, writeDatasets, type PlainDataset } from './agreement-world.ts'

const DATASETS = Number(process.env['DATASETS'] ?? 1500)
const WAYS: readonly Way[] = ['shelves', 'tiles', 'place']
const QUESTIONS = Number(process.env['QUESTIONS'] ?? 120)
const TIMEOUT = 3_600_000

let repository: TestRepository
let datasets: readonly PlainDataset[]

beforeAll(async () => {
  repository = await testRepository()
  const community = await repository.addCommunity()
  const { id: collectionId } = await repository.addCollection(community.id)
  datasets = await writeDatasets(repository, { luck: chance(2026), count: DATASETS, collectionId })
}, TIMEOUT)

afterAll(() => repository.stop())

test('both answer every question alike', { timeout: TIMEOUT }, async () => {
  const luck = chance(1118)
  const anonymous = await repository.reading.actors.anonymous()
  let found = 0
  for (let number = 0; number < QUESTIONS; number += 1) {
    const question = randomQuestion(luck)
    const isAdministrator = luck.happens(0.3)
    const expected = answerPlainly(datasets, question, isAdministrator)
    const actor = isAdministrator ? repository.administrator : anonymous
    const ask = (paging: DatasetPaging) => findDatasetIds(repository)(actor, question.query, paging)
    found += expected.length
    const offset = luck.integer(expected.length + 5)
    const size = 1 + luck.integer(100)
    const page = await ask({ offset, size })
    const { query } = question
    expect({ query, total: page.total, page: page.datasets }).toEqual({
      query,
      total: expected.length,
      page: expected.slice(offset, offset + size),
    })
    for (const way of WAYS) {
      const same = await findDatasetIds(takingWay(way))(actor, query, { offset, size })
      expect({ query, way, ...same }).toEqual({ query, way, ...page })
    }
    const walked = number % 5 === 0 ? await walk(ask) : expected.slice(0, 1000)
    expect({ query, walked }).toEqual({ query, walked: expected.slice(0, 1000) })
  }
  // Questions that find nothing prove nothing.
  expect(found).toBeGreaterThan(QUESTIONS * 5)
})

/** What asks by one index, whichever would be the best. */
function takingWay(way: Way): Parameters<typeof findDatasetIds>[0] {
  const { clock, database, reading } = repository
  const datasets = {
    ...reading.datasets,
    search: (...[conditions, window]: Parameters<typeof reading.datasets.search>) =>
      searchDatasets(database.read, conditions, window, async () => way),
  }
  return { clock, reading: { datasets } }
}

/** The first thousand by cursors. */
async function walk(
  ask: (paging: DatasetPaging) => ReturnType<ReturnType<typeof findDatasetIds>>,
): Promise<readonly string[]> {
  const ids: string[] = []
  for (let cursor = '*'; ids.length < 1000;) {
    const page = await ask({ size: 100, cursor })
    if (page.datasets.length === 0) break
    ids.push(...page.datasets)
    cursor = page.cursor
  }
  return ids
}
