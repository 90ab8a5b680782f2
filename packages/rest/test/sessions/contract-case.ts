import type { SessionStore } from '@hexapla/rest'

/** One thing that holds for every store, whatever runs it: throws when it does not. */
export interface ContractCase {
  readonly name: string
  readonly run: (world: ContractWorld) => Promise<void>
}

/** A store, and the clock that it was made with. */
export interface ContractWorld {
  readonly store: SessionStore
  readonly clock: TestClock
}

/** Time that passes when told to. */
export interface TestClock {
  readonly now: () => number
  readonly pass: (seconds: number) => void
}

/** A clock that begins now. */
export function testClock(): TestClock {
  let time = Date.now()
  return {
    now: () => time,
    pass: (seconds) => {
      time += seconds * 1000
    },
  }
}
