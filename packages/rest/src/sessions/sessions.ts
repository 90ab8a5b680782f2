import { HttpError } from '../http-error.ts'
import { deriveKey, seal, unseal } from './seal.ts'
import { isSessionId, newSessionId, storageKey } from './session-id.ts'
import type { SessionStore, StoredSession } from './session-store.ts'

/** What a session holds: values that JSON can hold. */
export type SessionData = Readonly<Record<string, unknown>>

/** One state of a session. */
export interface Session<Data extends SessionData = SessionData> {
  /** The secret that its owner shows; never log it. */
  readonly id: string
  readonly data: Data
  readonly version: number
  /** Milliseconds since 1970, as is `expiresAt`. */
  readonly createdAt: number
  readonly expiresAt: number
}

/** A session was to be changed that does not exist any more: 401 `session-ended`. */
export class SessionEndedError extends HttpError {
  constructor() {
    super(401, 'session-ended', 'the session has ended', {
      headers: { 'www-authenticate': 'Bearer realm="api"' },
    })
    this.name = 'SessionEndedError'
  }
}

/** Options of {@link Sessions}. */
export interface SessionsOptions {
  readonly store: SessionStore
  /** A session ends when it was not used for so long. Default 1800. */
  readonly idleSeconds?: number
  /** A session ends so long after its beginning, however much it is used. Default 43,200: half a day. */
  readonly absoluteSeconds?: number
  /** Milliseconds since 1970; another clock makes expiry testable. */
  readonly now?: () => number
}

const SWEEP_EVERY_MS = 60_000

/**
 * Sessions with an idle and an absolute end. Ids are random and stored as hashes; what a session holds is encrypted with
 * a key that only its id yields.
 *
 * @example
 * const sessions = new Sessions<{ basket: string[] }>({ store: memorySessionStore() })
 * const { id } = await sessions.create({ basket: [] })
 * const session = await sessions.find(id)
 * if (session) await sessions.update(session, ({ basket }) => ({ basket: [...basket, 'fig'] }))
 */
export class Sessions<Data extends SessionData = SessionData> {
  readonly #store: SessionStore
  readonly #idleMs: number
  readonly #absoluteMs: number
  readonly #now: () => number
  #nextSweep = 0

  constructor(options: SessionsOptions) {
    this.#store = options.store
    this.#idleMs = (options.idleSeconds ?? 1800) * 1000
    this.#absoluteMs = (options.absoluteSeconds ?? 43_200) * 1000
    this.#now = options.now ?? Date.now
  }

  /** How long a session lives at most. */
  get absoluteSeconds(): number {
    return this.#absoluteMs / 1000
  }

  /** Begins a session with a new id. */
  async create(data: Data): Promise<Session<Data>> {
    const now = this.#now()
    if (now >= this.#nextSweep) {
      this.#nextSweep = now + SWEEP_EVERY_MS
      await this.#store.sweep()
    }
    const session = { id: newSessionId(), data, version: 1, createdAt: now, expiresAt: this.#end(now) }
    await this.#store.create(storageKey(session.id), await sealed(session))
    return session
  }

  /** The session of this id, unless there is none or it has ended; to find it is to use it. */
  async find(id: string): Promise<Session<Data> | undefined> {
    const session = await this.#read(id)
    if (session === undefined) return undefined
    const gained = this.#end(session.createdAt) - session.expiresAt
    // Not every use is worth a write.
    if (gained < this.#idleMs / 20) return session
    // Who was faster has prolonged it as well.
    return (await this.replace(session, session.data)) ?? session
  }

  /** Writes new data and prolongs the session, unless it was changed since it was read or is no more. */
  async replace(session: Session<Data>, data: Data): Promise<Session<Data> | undefined> {
    const next = { ...session, data, version: session.version + 1, expiresAt: this.#end(session.createdAt) }
    return (await this.#store.replace(storageKey(session.id), await sealed(next))) ? next : undefined
  }

  /**
   * Changes the data, prolongs the session, and loses nothing of what others change at the same time: `change` may run
   * several times.
   *
   * @throws SessionEndedError `session-ended`
   */
  async update(session: Session<Data>, change: (data: Data) => Data): Promise<Session<Data>> {
    let current: Session<Data> | undefined = session
    while (current !== undefined) {
      const next: Session<Data> | undefined = await this.replace(current, change(current.data))
      if (next !== undefined) return next
      current = await this.#read(session.id)
    }
    throw new SessionEndedError()
  }

  /** Ends a session; tells whether there was one. */
  async delete(id: string): Promise<boolean> {
    return isSessionId(id) && (await this.#store.delete(storageKey(id)))
  }

  /** Removes ended sessions from the store; `create` does so once a minute. */
  async sweep(): Promise<number> {
    return await this.#store.sweep()
  }

  async #read(id: string): Promise<Session<Data> | undefined> {
    if (!isSessionId(id)) return undefined
    const stored = await this.#store.read(storageKey(id))
    if (stored === undefined || stored.expiresAt <= this.#now()) return undefined
    // Only `sealed` writes, and this id's key opens nothing else.
    const content = (await unseal([dataKey(id)], stored.data)) as SealedContent<Data> | undefined
    if (content === undefined) throw new Error('the session store holds what was not sealed for this session')
    return { id, ...content, version: stored.version, expiresAt: stored.expiresAt }
  }

  #end(createdAt: number): number {
    return Math.round(Math.min(createdAt + this.#absoluteMs, this.#now() + this.#idleMs))
  }
}

interface SealedContent<Data> {
  readonly createdAt: number
  readonly data: Data
}

async function sealed<Data extends SessionData>(session: Session<Data>): Promise<StoredSession> {
  const { id, createdAt, data, version, expiresAt } = session
  const content: SealedContent<Data> = { createdAt, data }
  return { data: await seal(dataKey(id), content), version, expiresAt }
}

function dataKey(id: string): Uint8Array {
  return deriveKey(id, 'session data')
}
