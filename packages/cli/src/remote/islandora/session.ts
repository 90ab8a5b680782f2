import { IslandoraSession } from '@hexapla/client'
import { readEnvironment } from '@hexapla/server/environment'
import { interruptible } from '../../interruption.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { askAccount, type AccountOptions } from '../ask-account.ts'
import { sitePlace, withSite } from './with-site.ts'

/** Begins a session and keeps its cookie. */
export function login(terminal: Terminal, address: string, options: AccountOptions): Promise<void> {
  return interruptible(async (signal) => {
    const session = new IslandoraSession(address, { ...(await askAccount(options, signal)), signal })
    await session.login()
    await sitePlace(readEnvironment()).save(session.state())
    const { site, user } = session
    terminal.print(terminal.json ? JSON.stringify({ site, user }) : `logged in to ${site} as ${user}`)
  })
}

/** Ends the session at the site and forgets it. */
export async function logout(terminal: Terminal): Promise<void> {
  const site = await withSite(async (session, signal) => {
    await session.logout(signal)
    return session.site
  })
  terminal.print(terminal.json ? JSON.stringify({ site }) : `logged out of ${site}`)
}
