import { DSpaceSession } from '@hexapla/client'
import { readEnvironment } from '@hexapla/server/environment'
import { interruptible } from '../interruption.ts'
import { ask, readLineOfInput } from '../terminal/ask.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { sessionPlace } from './session-place.ts'

/** Options of `hexapla login`. */
export interface LoginOptions {
  readonly user?: string
  readonly passwordStdin?: boolean
}

/** Begins a session and keeps it. */
export function login(terminal: Terminal, url: string, options: LoginOptions): Promise<void> {
  return interruptible(async (signal) => {
    const user = options.user ?? (await ask('user: ', { otherwise: 'use --user', signal }))
    const password =
      options.passwordStdin === true
        ? await readLineOfInput()
        : await ask('password: ', { secret: true, otherwise: 'use --password-stdin', signal })
    const session = await DSpaceSession.login(endpointOf(url), { user, password, signal })
    await sessionPlace(readEnvironment()).save(session.state())
    const { endpoint } = session
    terminal.print(terminal.json ? JSON.stringify({ endpoint, user }) : `logged in to ${endpoint} as ${user}`)
  })
}

function endpointOf(url: string): string {
  const parsed = URL.parse(url)
  return parsed !== null && parsed.pathname === '/' ? new URL('/server', parsed).href : url
}
