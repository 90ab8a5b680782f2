import { setImmediate } from 'node:timers/promises'

/** More keys than this go in several statements. */
const MOST_AT_ONCE = 200

/** Statements that are under way at once: while the database does one, the next is made ready. More would be small ones. */
const MOST_UNDER_WAY = 2

/**
 * Makes one statement of reads that are asked for by requests that know nothing of each other: those of one moment go
 * together, and while two such are under way the next ones gather, so that the busier the server is, the more of them share
 * what a statement costs.
 *
 * @param readAll reads the values of `keys`, in their order
 */
export function gatherReads<Key, Value>(
  readAll: (keys: readonly Key[]) => Promise<readonly Value[]>,
): (key: Key) => Promise<Value> {
  const waiting: Waiting<Key, Value>[] = []
  let gathering = false
  let underWay = 0
  const run = async (): Promise<void> => {
    gathering = true
    // Whoever asks in the same turn of the event loop comes along; what is sent waits for its end anyway.
    await setImmediate()
    gathering = false
    underWay += 1
    while (waiting.length > 0) await settle(readAll, waiting.splice(0, MOST_AT_ONCE))
    underWay -= 1
  }
  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject })
      if (!gathering && underWay < MOST_UNDER_WAY) void run()
    })
}

interface Waiting<Key, Value> {
  readonly key: Key
  readonly resolve: (value: Value) => void
  readonly reject: (error: unknown) => void
}

/** Never rejects: whoever waits is told. */
async function settle<Key, Value>(
  readAll: (keys: readonly Key[]) => Promise<readonly Value[]>,
  all: readonly Waiting<Key, Value>[],
): Promise<void> {
  try {
    const values = await readAll(all.map(({ key }) => key))
    // `readAll` gives a value for each key.
    for (const [index, { resolve }] of all.entries()) resolve(values[index] as Value)
  } catch (error) {
    // A key that the database refuses must fail its own reader only.
    if (all.length > 1) await Promise.all(all.map((one) => settle(readAll, [one])))
    else for (const { reject } of all) reject(error)
  }
}
