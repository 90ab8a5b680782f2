/** A signal that aborts with the first of `signals`; `undefined` ones are left out. */
export function anySignal(first: AbortSignal | undefined, second: AbortSignal): AbortSignal
export function anySignal(...signals: (AbortSignal | undefined)[]): AbortSignal | undefined
export function anySignal(...signals: (AbortSignal | undefined)[]): AbortSignal | undefined {
  const given = signals.filter((signal) => signal !== undefined)
  return given.length < 2 ? given[0] : AbortSignal.any(given)
}
