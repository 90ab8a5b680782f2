/** Options of {@link RefreshingValue}; times in milliseconds. */
export interface RefreshingOptions<Value> {
  readonly load: () => Promise<Value>
  /** Older than this the value is loaded again, while the old one serves. */
  readonly maxAgeMs: number
  /** Between two loads, whether they succeed or fail. */
  readonly cooldownMs: number
}

/**
 * A value of somebody who may be away: it is loaded when asked for, by one load at a time however many ask, and never
 * sooner than the cool-down allows. What was loaded once serves until a later load succeeds.
 */
export class RefreshingValue<Value> {
  readonly #options: RefreshingOptions<Value>
  #loaded: { readonly value: Value; readonly at: number } | undefined
  #failure: { readonly error: unknown } | undefined
  #restsUntil = -Infinity
  #loading: Promise<Value> | undefined

  constructor(options: RefreshingOptions<Value>) {
    this.#options = options
  }

  /** The value; rejects only when it was never to be had, with what the latest load threw. */
  async get(): Promise<Value> {
    if (this.#loaded === undefined) return await this.renew()
    const old = performance.now() - this.#loaded.at > this.#options.maxAgeMs
    // A failure is told by `load`, and to whoever needs a newer value.
    if (old && !this.#resting) this.#load().catch(() => undefined)
    return this.#loaded.value
  }

  /** The value as it is now, or was within the cool-down; rejects when that cannot be told. */
  async renew(): Promise<Value> {
    if (this.#loading === undefined && this.#resting) {
      if (this.#failure !== undefined) throw this.#failure.error
      if (this.#loaded !== undefined) return this.#loaded.value
    }
    return await this.#load()
  }

  get #resting(): boolean {
    return performance.now() < this.#restsUntil
  }

  async #load(): Promise<Value> {
    this.#loading ??= this.#loadOnce()
    return await this.#loading
  }

  async #loadOnce(): Promise<Value> {
    try {
      const value = await this.#options.load()
      this.#loaded = { value, at: performance.now() }
      this.#failure = undefined
      return value
    } catch (error) {
      this.#failure = { error }
      throw error
    } finally {
      this.#restsUntil = performance.now() + this.#options.cooldownMs
      this.#loading = undefined
    }
  }
}
