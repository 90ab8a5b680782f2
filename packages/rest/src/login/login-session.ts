import { StateKey } from '../request-state.ts'
import type { SessionData, Session, Sessions } from '../sessions/sessions.ts'
import type { Login } from './login-storage.ts'

/** What a session of a person who signed in holds. */
export interface LoginSessionData extends SessionData {
  readonly login: Login
  /** A process renews the login, and the others wait for it, until then. */
  readonly renewingUntil?: number
  readonly values: SessionData
}

/** Values of a service's own in the session of whoever is signed in; they end with it. */
export interface LoginSession {
  /** The values as they are known here. */
  readonly values: SessionData
  /** @throws SessionEndedError `session-ended`, as does `delete` */
  set(name: string, value: unknown): Promise<void>
  delete(name: string): Promise<void>
}

/**
 * Where {@link sessionAuthentication} leaves the session; absent without a login, and where logins are kept in cookies.
 *
 * @example
 * const session = this.request.state.require(sessionKey)
 * await session.set('basket', [...basketOf(session.values), fruit])
 */
export const sessionKey = new StateKey<LoginSession>('session')

/** Shows the values of a session to handlers. */
export function loginSession(
  sessions: Sessions<LoginSessionData>,
  session: Session<LoginSessionData>,
): LoginSession {
  let current = session
  const change = async (to: (values: SessionData) => SessionData): Promise<void> => {
    current = await sessions.update(current, (data) => ({ ...data, values: to(data.values) }))
  }
  return {
    get values() {
      return current.data.values
    },
    set: (name, value) => change((values) => ({ ...values, [name]: value })),
    delete: (name) => change(({ [name]: _gone, ...values }) => values),
  }
}
