import { expect, test } from 'vitest'
import type { Harvest } from '../domain/harvest/harvest.ts'
import { harvestSchedule } from './harvest-schedule.ts'

const NOW = new Date('2026-11-22T12:00:00Z')
/** milliseconds */
const EVERY = 10

function harvestOf(collectionId: string, more: Partial<Harvest>): Harvest {
  return {
    collectionId,
    type: 'METADATA_ONLY',
    source: 'https://example.org/oai',
    setId: null,
    format: 'dc',
    status: 'READY',
    message: null,
    startedAt: null,
    harvestedAt: null,
    nextFrom: null,
    running: null,
    version: 1,
    ...more,
  }
}

const ago = (milliseconds: number) => new Date(NOW.getTime() - milliseconds)

test('those that are due are harvested, one after the other, and a failure is told', async () => {
  const harvests = [
    harvestOf('never', {}),
    harvestOf('long ago', { startedAt: ago(EVERY), status: 'OAI_ERROR' }),
    harvestOf('just now', { startedAt: ago(EVERY - 1) }),
    harvestOf('broken', { status: 'UNKNOWN_ERROR' }),
    harvestOf('crashed', { startedAt: ago(EVERY), status: 'BUSY' }),
  ]
  const done: string[] = []
  const failures: (string | undefined)[] = []
  const looked = Promise.withResolvers<void>()
  const schedule = harvestSchedule({
    list: () => Promise.resolve(harvests),
    async harvest(collectionId) {
      done.push(collectionId)
      if (collectionId === 'crashed') looked.resolve()
      if (collectionId === 'long ago') throw new Error('the source is away')
    },
    every: EVERY,
    now: () => NOW,
    report: ({ collectionId }) => failures.push(collectionId),
  })
  schedule.start()
  await looked.promise
  await schedule.stop()
  expect(done.slice(0, 3)).toEqual(['never', 'long ago', 'crashed'])
  expect(failures[0]).toBe('long ago')
})

test('stopping ends the harvest under way, and nothing begins afterwards', async () => {
  const begun = Promise.withResolvers<void>()
  let count = 0
  const schedule = harvestSchedule({
    list: () => Promise.resolve([harvestOf('one', {}), harvestOf('other', {})]),
    harvest(_collectionId, signal) {
      count += 1
      begun.resolve()
      return new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new Error('ended')), { once: true }),
      )
    },
    every: EVERY,
    now: () => NOW,
    report: ({ error }) => {
      throw error
    },
  })
  schedule.start()
  await begun.promise
  await schedule.stop()
  expect(count).toBe(1)
})
