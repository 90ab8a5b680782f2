/** Options of {@link RouteStats}. */
export interface RouteStatsOptions {
  /** How many calls are remembered. Default 1,000. */
  readonly windowSize?: number
  /** For how long a call is remembered. Default an hour. */
  readonly windowMs?: number
  /** What is too long for an answer. Default 30 s. */
  readonly timeoutMs?: number
  /** Milliseconds of a clock that never goes back. Default `performance.now`. */
  readonly now?: () => number
  /** At least 0, less than 1. Default `Math.random`. */
  readonly random?: () => number
}

/** Below this, the times of calls say nothing. */
const fewestCalls = 4

/**
 * How long the latest calls of one route took, and whether it gets more than it can answer.
 *
 * @example
 * const stats = new RouteStats({ timeoutMs: 10_000 })
 * stats.append(12_500)
 * if (stats.isOverloaded()) tellToComeBackIn(stats.backoffSeconds())
 */
export class RouteStats {
  readonly #windowSize: number
  readonly #windowMs: number
  readonly #timeoutMs: number
  readonly #now: () => number
  readonly #random: () => number
  /** The oldest first. */
  readonly #calls: { readonly durationMs: number; readonly at: number }[] = []
  /** The same durations, the shortest first. */
  readonly #sorted: number[] = []

  constructor(options: RouteStatsOptions = {}) {
    this.#windowSize = options.windowSize ?? 1000
    this.#windowMs = options.windowMs ?? 3_600_000
    this.#timeoutMs = options.timeoutMs ?? 30_000
    this.#now = options.now ?? (() => performance.now())
    this.#random = options.random ?? Math.random
  }

  /** How many calls are remembered. */
  get size(): number {
    this.#forgetOld()
    return this.#calls.length
  }

  /** Remembers how long a call took. */
  append(durationMs: number): void {
    this.#calls.push({ durationMs, at: this.#now() })
    this.#sorted.splice(this.#placeOf(durationMs), 0, durationMs)
    if (this.#calls.length > this.#windowSize) this.#forgetOldest()
  }

  clear(): void {
    this.#calls.length = 0
    this.#sorted.length = 0
  }

  /** Lower quartile, median and upper quartile in milliseconds; `undefined` with fewer than four calls. */
  quartiles(): readonly [lower: number, median: number, upper: number] | undefined {
    if (this.size < fewestCalls) return undefined
    return [this.#quartile(1), this.#quartile(2), this.#quartile(3)]
  }

  /**
   * Whether the next call should be refused: by chance, the more often the longer calls take, and never all of them,
   * so that an end of the load is noticed. Too long are calls whose median reaches the timeout, or whose upper quartile
   * twice the timeout.
   */
  isOverloaded(): boolean {
    const quartiles = this.quartiles()
    if (quartiles === undefined) return false
    const [, median, upper] = quartiles
    const load = Math.max(median, upper / 2)
    return load >= this.#timeoutMs && this.#random() * load >= this.#timeoutMs
  }

  /** When a refused caller may try again: after twice the median, and at least a second. Whole seconds. */
  backoffSeconds(): number {
    const quartiles = this.quartiles()
    return quartiles === undefined ? 1 : Math.max(1, Math.ceil((quartiles[1] * 2) / 1000))
  }

  /** A quantile of four by the exclusive method, as `statistics.quantiles` of Python has it. */
  #quartile(quarter: 1 | 2 | 3): number {
    const count = this.#sorted.length
    const position = (quarter * (count + 1)) / 4
    const below = Math.min(Math.max(Math.floor(position), 1), count - 1)
    const lower = this.#sorted[below - 1] ?? 0
    const upper = this.#sorted[below] ?? lower
    return lower + (upper - lower) * (position - below)
  }

  #forgetOld(): void {
    const oldest = this.#now() - this.#windowMs
    while (this.#calls[0] !== undefined && this.#calls[0].at < oldest) this.#forgetOldest()
  }

  #forgetOldest(): void {
    const call = this.#calls.shift()
    if (call !== undefined) this.#sorted.splice(this.#placeOf(call.durationMs), 1)
  }

  /** The first place in `#sorted` that is not shorter. */
  #placeOf(durationMs: number): number {
    let low = 0
    let high = this.#sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#sorted[middle] ?? 0) < durationMs) low = middle + 1
      else high = middle
    }
    return low
  }
}
