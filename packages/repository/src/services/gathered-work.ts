import { setImmediate } from 'node:timers/promises'
import { expectedCompany } from './expected-company.ts'

/** Pieces that are under way at once: while the database does one, the next is made ready. More would be small ones. */
const MOST_UNDER_WAY = 2

/** More than this is done in several goes. */
const MOST_AT_ONCE = 32

interface Waiting<Input, Output> {
  readonly input: Input
  readonly resolve: (output: Output) => void
  readonly reject: (error: unknown) => void
}

/**
 * Does one piece of work together with others. While `prepare` finds out what is to be done, those who know it already wait for it
 * a moment.
 *
 * @throws what `prepare` throws
 */
export type GatheredWork<Input, Output> = (prepare: () => Promise<Input>) => Promise<Output>

/**
 * Makes one piece of work of what requests ask for that know nothing of each other: while some are under way the next ones
 * gather, so that the busier the server is, the more of them share what a transaction costs. Who is alone waits for nobody.
 *
 * @param options.together does it for several; undefined where nothing was done, and each is to be done by itself
 * @param options.alone does it for one, in its own time: nobody else waits for it
 * @param options.keysOf what at most one of those that are done at the same time may have
 */
export function gatheredWork<Input, Output>(options: {
  readonly together: (inputs: readonly Input[]) => Promise<readonly Output[] | undefined>
  readonly alone: (input: Input) => Promise<Output>
  readonly keysOf: (input: Input) => readonly string[]
}): GatheredWork<Input, Output> {
  const { together, alone, keysOf } = options
  const company = expectedCompany()
  let waiting: readonly Waiting<Input, Output>[] = []
  const underWay = new Set<readonly Waiting<Input, Output>[]>()
  let gathering = false

  function takeBatch(): readonly Waiting<Input, Output>[] {
    const keys = new Set([...underWay].flatMap((batch) => batch.flatMap(({ input }) => keysOf(input))))
    const batch: Waiting<Input, Output>[] = []
    const left: Waiting<Input, Output>[] = []
    for (const one of waiting) {
      const own = keysOf(one.input)
      const fits = batch.length < MOST_AT_ONCE && !own.some((key) => keys.has(key))
      ;(fits ? batch : left).push(one)
      // Nobody overtakes another one of the same key.
      for (const key of own) keys.add(key)
    }
    waiting = left
    return batch
  }

  function begin(): void {
    if (waiting.length > 0 && !gathering && underWay.size < MOST_UNDER_WAY) void run()
  }

  async function run(): Promise<void> {
    gathering = true
    // Whoever comes in the same turn of the event loop comes along.
    await setImmediate()
    if (waiting.length < MOST_AT_ONCE) await company.here()
    gathering = false
    const batch = takeBatch()
    // Those who wait for a key are looked at again when a batch has ended.
    if (batch.length === 0) return
    underWay.add(batch)
    begin()
    await settle(batch)
    underWay.delete(batch)
    begin()
  }

  /** Never rejects: whoever waits is told. */
  async function settle(batch: readonly Waiting<Input, Output>[]): Promise<void> {
    try {
      const outputs = await together(batch.map(({ input }) => input))
      for (const [index, { input, resolve, reject }] of batch.entries()) {
        // There is an output for each input.
        if (outputs === undefined) alone(input).then(resolve, reject)
        else resolve(outputs[index] as Output)
      }
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }

  const join = (input: Input): Promise<Output> =>
    new Promise((resolve, reject) => {
      waiting = [...waiting, { input, resolve, reject }]
      begin()
    })

  return async (prepare) => {
    const arrived = company.expect()
    let output: Promise<Output>
    try {
      output = join(await prepare())
    } finally {
      arrived()
    }
    return output
  }
}
