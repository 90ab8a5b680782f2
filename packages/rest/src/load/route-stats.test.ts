import { expect, test } from 'vitest'
import { RouteStats, type RouteStatsOptions } from './route-stats.ts'

/* The first three are the cases of rest-tools' stats_test, in milliseconds. */

function statsWith(options: RouteStatsOptions = {}) {
  let now = 0
  const stats = new RouteStats({ random: () => 0.5, now: () => now, ...options })
  return {
    stats,
    pass: (ms: number) => (now += ms),
    append: (...durations: number[]) => durations.forEach((duration) => stats.append(duration)),
  }
}

const tenFrom = (first: number) => Array.from({ length: 10 }, (_, index) => (first + index) * 1000)

test('without calls nothing is overloaded', () => {
  expect(statsWith().stats.isOverloaded()).toBe(false)
})

test('short calls are fine, long ones are not', () => {
  const { stats, append } = statsWith({ windowSize: 10, timeoutMs: 10_000 })
  append(...tenFrom(0))
  expect(stats.isOverloaded()).toBe(false)
  stats.clear()
  append(...tenFrom(100))
  expect(stats.isOverloaded()).toBe(true)
  expect(stats.backoffSeconds()).toBe(209)
})

test('long calls are forgotten in time', () => {
  const { stats, append, pass } = statsWith({ windowSize: 100, windowMs: 5000, timeoutMs: 10_000 })
  append(...tenFrom(100).slice(0, 5))
  expect(stats.isOverloaded()).toBe(true)
  pass(5001)
  append(...tenFrom(0))
  expect(stats.isOverloaded()).toBe(false)
  pass(5001)
  expect(stats.size).toBe(0)
})

test('the newest calls push the oldest out', () => {
  const { stats, append } = statsWith({ windowSize: 10, timeoutMs: 10_000 })
  append(...tenFrom(100), ...tenFrom(0))
  expect(stats.size).toBe(10)
  expect(stats.quartiles()).toEqual([1750, 4500, 7250])
})

test('three calls say nothing', () => {
  const { stats, append } = statsWith({ timeoutMs: 1 })
  append(100, 100, 100)
  expect([stats.isOverloaded(), stats.backoffSeconds(), stats.quartiles()]).toEqual([false, 1, undefined])
  append(100)
  expect(stats.isOverloaded()).toBe(true)
  expect(stats.backoffSeconds()).toBe(1)
})

// The table is of Python: statistics.quantiles(durations)
test.each([
  [
    [1, 2, 3, 4],
    [1.25, 2.5, 3.75],
  ],
  [
    [10, 1, 7, 3, 3],
    [2, 3, 8.5],
  ],
  [
    [9, 8, 7, 6, 5, 4, 3],
    [4, 6, 8],
  ],
])('quartiles of %j are %j', (durations, quartiles) => {
  const { stats, append } = statsWith()
  append(...durations)
  expect(stats.quartiles()).toEqual(quartiles)
})

test.each([
  [10_000, 0.999, false],
  [20_000, 0.49, false],
  [20_000, 0.5, true],
  [40_000, 0.25, true],
])('with calls of %i ms and chance %d: %s', (duration, chance, overloaded) => {
  const { stats, append } = statsWith({ timeoutMs: 10_000, random: () => chance })
  append(duration, duration, duration, duration)
  expect(stats.isOverloaded()).toBe(overloaded)
})

test('a slow quarter counts as well', () => {
  const { stats, append } = statsWith({ timeoutMs: 10_000, random: () => 0.9 })
  append(1, 1, 1, 1, 1, 30_000, 30_000, 30_000)
  expect(stats.isOverloaded()).toBe(true)
})

test('what is sorted is what is remembered, whatever comes', () => {
  const { stats, append, pass } = statsWith({ windowSize: 20, windowMs: 30 })
  const appended: number[] = []
  let seed = 1
  for (let call = 0; call < 500; call++) {
    seed = (seed * 48_271) % 2_147_483_647
    appended.push(seed % 7)
    append(seed % 7)
    pass(seed % 4 === 0 ? 3 : 0)
    if (stats.size < 4) continue
    const sorted = appended.slice(-stats.size).toSorted((one, other) => one - other)
    const middle = sorted.length / 2
    const median = ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2
    expect(stats.quartiles()?.[1]).toBe(median)
  }
})
