import type { SessionStore, StoredSession } from './session-store.ts'

/** Options of {@link memorySessionStore}. */
export interface MemorySessionStoreOptions {
  /** When there are more, the one that was not used for the longest time ends. Default 10,000. */
  readonly maxSessions?: number
  /** Milliseconds since 1970; another clock makes expiry testable. */
  readonly now?: () => number
}

/**
 * Sessions in the memory of this process: for one process whose users may be asked to sign in again after a restart.
 */
export function memorySessionStore(options: MemorySessionStoreOptions = {}): SessionStore {
  const { maxSessions = 10_000, now = Date.now } = options
  // In the order of their last change.
  const sessions = new Map<string, StoredSession>()

  const live = (key: string): StoredSession | undefined => {
    const session = sessions.get(key)
    return session !== undefined && session.expiresAt > now() ? session : undefined
  }
  const sweep = (): number => {
    const before = sessions.size
    const time = now()
    for (const [key, { expiresAt }] of sessions) if (expiresAt <= time) sessions.delete(key)
    return before - sessions.size
  }
  const makeRoom = (): void => {
    if (sessions.size < maxSessions) return
    sweep()
    for (const key of sessions.keys()) {
      if (sessions.size < maxSessions) return
      sessions.delete(key)
    }
  }

  return {
    async create(key, session) {
      if (live(key) !== undefined) throw new Error('there is a session under this key')
      makeRoom()
      sessions.set(key, session)
    },
    async read(key) {
      return live(key)
    },
    async replace(key, session) {
      if (live(key)?.version !== session.version - 1) return false
      sessions.delete(key)
      sessions.set(key, session)
      return true
    },
    async delete(key) {
      const existed = live(key) !== undefined
      sessions.delete(key)
      return existed
    },
    async sweep() {
      return sweep()
    },
  }
}
