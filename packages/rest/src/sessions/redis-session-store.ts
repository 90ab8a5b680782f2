import type { SessionStore } from './session-store.ts'

/**
 * What is needed of a client of Redis or Valkey. Those of the packages `redis` (`sendCommand`) and `ioredis` (`call`)
 * have it; around another one, write `{ call: (command, ...args) => … }`.
 */
export type RedisClient =
  | { call(command: string, ...args: string[]): Promise<unknown> }
  | { sendCommand(command: readonly string[]): Promise<unknown> }

/** Options of {@link redisSessionStore}. */
export interface RedisSessionStoreOptions {
  readonly client: RedisClient
  /** What the keys begin with. Default `hexapla:session:`. */
  readonly prefix?: string
  /** Milliseconds since 1970; the expiry that Redis is told is relative to it. */
  readonly now?: () => number
}

// One step, so that of several writers at once one is the first.
const REPLACE = `
  local kept = redis.call('GET', KEYS[1])
  if not kept or string.match(kept, '^%d+') ~= ARGV[1] then return 0 end
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
  return 1`

/**
 * Sessions in Redis (5 or newer) or Valkey, shared by all processes of a service; Redis itself removes those that
 * expire.
 *
 * @example
 * const client = await createClient({ url: 'redis://127.0.0.1' }).connect()
 * const sessions = new Sessions({ store: redisSessionStore({ client }) })
 */
export function redisSessionStore(options: RedisSessionStoreOptions): SessionStore {
  const { client, prefix = 'hexapla:session:', now = Date.now } = options
  const send = (command: string, ...args: string[]): Promise<unknown> =>
    'call' in client ? client.call(command, ...args) : client.sendCommand([command, ...args])
  const lifetime = (expiresAt: number): string => String(Math.max(1, expiresAt - now()))

  return {
    async create(key, session) {
      const { version, expiresAt, data } = session
      const value = `${version}:${expiresAt}:${data}`
      const set = await send('SET', prefix + key, value, 'PX', lifetime(expiresAt), 'NX')
      if (set === null) throw new Error('there is a session under this key')
    },
    async read(key) {
      const value = await send('GET', prefix + key)
      if (value === null) return undefined
      const [, version, expiresAt, data] =
        (typeof value === 'string' ? /^(\d+):(\d+):([^]*)$/.exec(value) : undefined) ?? []
      if (data === undefined) throw new Error(`what Redis has under ${prefix} is no text of a session`)
      if (Number(expiresAt) <= now()) return undefined
      return { data, version: Number(version), expiresAt: Number(expiresAt) }
    },
    async replace(key, { version, expiresAt, data }) {
      const value = `${version}:${expiresAt}:${data}`
      const expected = String(version - 1)
      const replaced = await send('EVAL', REPLACE, '1', prefix + key, expected, value, lifetime(expiresAt))
      return Number(replaced) === 1
    },
    async delete(key) {
      return Number(await send('DEL', prefix + key)) === 1
    },
    async sweep() {
      return 0
    },
  }
}
