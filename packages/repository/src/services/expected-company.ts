/** How long, in milliseconds, those who are on their way are waited for. */
const PATIENCE = 4

/** Who is on the way to something that is done together. */
export interface ExpectedCompany {
  /**
   * Expects somebody.
   *
   * @returns to be called when they are here, or do not come
   */
  readonly expect: () => () => void
  /** Resolves when nobody is on the way any more, after some milliseconds at most: who takes longer is not waited for again. */
  readonly here: () => Promise<void>
}

/** Expects nobody yet. */
export function expectedCompany(): ExpectedCompany {
  const expected = new Set<object>()
  let allHere = (): void => undefined
  return {
    expect() {
      const somebody = {}
      expected.add(somebody)
      return () => {
        expected.delete(somebody)
        if (expected.size === 0) allHere()
      }
    },
    async here() {
      if (expected.size === 0) return
      const { promise, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, PATIENCE)
      allHere = resolve
      await promise
      clearTimeout(timer)
      expected.clear()
    },
  }
}
