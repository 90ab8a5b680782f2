/**
 * Names a typed place in a request's bag; make one per kind of value and share it between hook and handler.
 *
 * @example
 * export const actorKey = new StateKey<Actor>('actor')
 * server.before(async (request) => request.state.set(actorKey, await authenticate(request)))
 * // in a handler
 * const actor = this.request.state.require(actorKey)
 */
export class StateKey<Value> {
  readonly name: string
  /** Only there to tie the key to its type; never set. */
  declare readonly valueType?: Value

  constructor(name: string) {
    this.name = name
  }
}

/** A per-request bag in which hooks leave what handlers need. */
export class RequestState {
  readonly #values = new Map<StateKey<unknown>, unknown>()

  get<Value>(key: StateKey<Value>): Value | undefined {
    // Only `set` writes, with a value of the key's own type.
    return this.#values.get(key) as Value | undefined
  }

  /** The value that a hook must have set; its absence is a fault of the wiring, hence a plain `Error`. */
  require<Value>(key: StateKey<Value>): Value {
    if (!this.#values.has(key)) throw new Error(`request state has no ${key.name}: is its hook registered?`)
    return this.#values.get(key) as Value
  }

  set<Value>(key: StateKey<Value>, value: Value): void {
    this.#values.set(key, value)
  }

  has(key: StateKey<unknown>): boolean {
    return this.#values.has(key)
  }
}
