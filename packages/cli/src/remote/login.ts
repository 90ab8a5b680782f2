import { DSpaceSession } from '@hexapla/client'
import { readEnvironment } from '@hexapla/server/environment'
import { interruptible } from '../interruption.ts'
import { usageError } from '../command-error.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { askAccount, type AccountOptions } from './ask-account.ts'
import { sessionPlace } from './session-place.ts'

/** Options of `hexapla login`. */
export interface LoginOptions extends AccountOptions {
  readonly device?: boolean
  readonly clientId?: string
}

/** Begins a session and keeps it. */
export function login(terminal: Terminal, url: string, options: LoginOptions): Promise<void> {
  return interruptible(async (signal) => {
    const address = endpointOf(url)
    const session =
      options.device === true
        ? await byDevice(address, options, signal)
        : await byPassword(address, options, signal)
    await sessionPlace(readEnvironment()).save(session.state())
    const { endpoint } = session
    const user = session.user ?? (await session.whoAmI(signal))?.email
    terminal.print(terminal.json ? JSON.stringify({ endpoint, user }) : `logged in to ${endpoint} as ${user}`)
  })
}

async function byPassword(
  address: string,
  options: AccountOptions,
  signal: AbortSignal,
): Promise<DSpaceSession> {
  return DSpaceSession.login(address, { ...(await askAccount(options, signal)), signal })
}

async function byDevice(address: string, options: LoginOptions, signal: AbortSignal): Promise<DSpaceSession> {
  if (options.user !== undefined || options.passwordStdin === true) {
    throw usageError('--device asks for neither user nor password')
  }
  const { logInByDevice } = await import('./log-in-by-device.ts')
  return logInByDevice(address, { clientId: options.clientId, signal })
}

function endpointOf(url: string): string {
  const parsed = URL.parse(url)
  return parsed !== null && parsed.pathname === '/' ? new URL('/server', parsed).href : url
}
