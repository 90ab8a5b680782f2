/** The most values that are remembered. */
const MOST_KNOWN = 1000

/** Values by key, as they were read once. */
export interface Memory<Value> {
  /** What is remembered, or what `read` reads; those who ask while it is read wait for the same statement. */
  get(key: string, read: () => Promise<Value>): Promise<Value>
  forget(): void
}

/**
 * Remembers what was read until it is to be forgotten.
 *
 * @param isInformed whether every change of what is remembered is told by calling `forget`; until then nothing is remembered
 * @param isLasting whether a value may be remembered
 */
export function memory<Value>(
  isInformed: () => boolean,
  isLasting: (value: Value) => boolean = () => true,
): Memory<Value> {
  const known = new Map<string, Promise<Value>>()

  function load(key: string, read: () => Promise<Value>): Promise<Value> {
    const drop = (): void => {
      if (known.get(key) === value) known.delete(key)
    }
    const value = read().then(
      (result) => {
        if (!isLasting(result)) drop()
        return result
      },
      (error: unknown) => {
        drop()
        throw error
      },
    )
    const [oldest] = known.keys()
    if (known.size >= MOST_KNOWN && oldest !== undefined) known.delete(oldest)
    known.set(key, value)
    return value
  }

  return {
    get: (key, read) => (isInformed() ? known.get(key) : undefined) ?? load(key, read),
    // What is being read just now may be older than the change: it is forgotten with what was read before.
    forget: () => known.clear(),
  }
}
