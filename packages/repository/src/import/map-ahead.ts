/**
 * Yields what `work` makes of each input, in order, and has some of them under way ahead of the reader.
 *
 * @param ahead how many
 */
export async function* mapAhead<T, U>(
  inputs: Iterable<T>,
  ahead: number,
  work: (input: T) => Promise<U>,
): AsyncGenerator<U, void, void> {
  const underWay: Promise<U>[] = []
  for (const input of inputs) {
    const result = work(input)
    // A failure is met when its turn comes; until then it must not count as unhandled.
    result.catch(() => undefined)
    underWay.push(result)
    const first = underWay.length > ahead ? underWay.shift() : undefined
    if (first !== undefined) yield first
  }
  for (const result of underWay) yield result
}
