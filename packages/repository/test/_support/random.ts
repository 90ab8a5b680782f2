/** A source of chance that repeats itself: the same seed yields the same choices (mulberry32). */
export interface Chance {
  /** An integer from 0 to `below`, exclusive. */
  integer(below: number): number
  /** True that often, of 1. */
  happens(probability: number): boolean
  /** One of them. */
  of<T>(choices: readonly T[]): T
}

export function chance(seed: number): Chance {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const integer = (below: number): number => Math.floor(next() * below)
  return {
    integer,
    happens: (probability) => next() < probability,
    of: (choices) => {
      const choice = choices[integer(choices.length)]
      if (choice === undefined) throw new Error('There is nothing to choose from')
      return choice
    },
  }
}
