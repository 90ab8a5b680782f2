/**
 * Work that serves everybody who asked before it began: those who ask while it is under way share the next run.
 *
 * @param work what is done; its argument is that of whoever asked first
 */
export function sharedRuns<Input>(work: (input: Input) => Promise<void>): (input: Input) => Promise<void> {
  let underWay: Promise<void> | undefined
  let next: Promise<void> | undefined
  const begin = (input: Input): Promise<void> => {
    next = undefined
    const run = work(input).finally(() => {
      if (underWay === run) underWay = undefined
    })
    underWay = run
    return run
  }
  return (input) => {
    if (underWay === undefined) return begin(input)
    // That the run before failed is told to those who wait for it.
    next ??= underWay.catch(() => undefined).then(() => begin(input))
    return next
  }
}
