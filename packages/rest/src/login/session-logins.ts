import { setTimeout as wait } from 'node:timers/promises'
import { SessionEndedError, Sessions, type Session, type SessionsOptions } from '../sessions/sessions.ts'
import { clearLoginCookie, readLoginCookie, setLoginCookie } from './login-cookie.ts'
import { loginSession, type LoginSessionData } from './login-session.ts'
import type { Login, LoginStorage } from './login-storage.ts'
import { SharedRenewals } from './shared-renewals.ts'

/** Options of {@link sessionLogins}. */
export interface SessionLoginsOptions extends SessionsOptions {
  /** Default `session`; `__Host-` stands before it where the service is reached by https. */
  readonly cookieName?: string
}

/** After this, a process that began to renew a login is taken for dead. Longer than a token request may take. */
const LEASE_MS = 60_000

/**
 * Keeps logins in sessions on the server's side; the browser has a random id and nothing else. All processes that share
 * the store renew a login once.
 *
 * @example
 * sessionLogins({ store: postgresSessionStore({ pool }), idleSeconds: 3600 })
 */
export function sessionLogins(options: SessionLoginsOptions): LoginStorage {
  const { cookieName = 'session', now = Date.now } = options
  const sessions = new Sessions<LoginSessionData>(options)
  const renewals = new SharedRenewals(now)

  return {
    cookieName,
    async begin(exchange, login) {
      const before = readLoginCookie(exchange, cookieName)
      if (before !== undefined) await sessions.delete(before)
      const { id } = await sessions.create({ login, values: {} })
      setLoginCookie(exchange, cookieName, id, sessions.absoluteSeconds)
    },
    async find(exchange) {
      const id = readLoginCookie(exchange, cookieName)
      const session = id === undefined ? undefined : await sessions.find(id)
      if (session === undefined) return undefined
      const { login } = session.data
      return {
        login,
        session: loginSession(sessions, session),
        async renew(ask) {
          const renewed = await renewals.run(login, () => renewIn({ sessions, now }, session, ask))
          if (renewed === undefined) clearLoginCookie(exchange, cookieName)
          return renewed
        },
      }
    },
    async end(exchange) {
      const id = readLoginCookie(exchange, cookieName)
      if (id === undefined) return undefined
      clearLoginCookie(exchange, cookieName)
      const session = await sessions.find(id)
      await sessions.delete(id)
      return session?.data.login
    },
  }
}

interface RenewalDeps {
  readonly sessions: Sessions<LoginSessionData>
  readonly now: () => number
}

/** Renews the login of a session, unless another process does: then waits for it. */
async function renewIn(
  { sessions, now }: RenewalDeps,
  seen: Session<LoginSessionData>,
  ask: (login: Login) => Promise<Login | undefined>,
): Promise<Login | undefined> {
  for (;;) {
    const session = await sessions.find(seen.id)
    if (session === undefined) return undefined
    const { login, renewingUntil = 0 } = session.data
    if (login.accessToken !== seen.data.login.accessToken) return login
    if (renewingUntil > now()) {
      await wait(100)
      continue
    }
    const leased = await sessions.replace(session, { ...session.data, renewingUntil: now() + LEASE_MS })
    if (leased !== undefined) return await renewLeased(sessions, leased, ask)
  }
}

async function renewLeased(
  sessions: Sessions<LoginSessionData>,
  session: Session<LoginSessionData>,
  ask: (login: Login) => Promise<Login | undefined>,
): Promise<Login | undefined> {
  /** False when the person has signed out meanwhile. */
  const release = async (login: Login): Promise<boolean> => {
    try {
      await sessions.update(session, ({ values }) => ({ login, values }))
      return true
    } catch (error) {
      if (error instanceof SessionEndedError) return false
      throw error
    }
  }
  let renewed
  try {
    renewed = await ask(session.data.login)
  } catch (error) {
    await release(session.data.login)
    throw error
  }
  if (renewed === undefined) {
    await sessions.delete(session.id)
    return undefined
  }
  return (await release(renewed)) ? renewed : undefined
}
