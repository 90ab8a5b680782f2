import type { Terminal } from '../terminal/terminal.ts'
import { withSession } from './with-session.ts'

/** Ends the session at the server and forgets it. */
export async function logout(terminal: Terminal): Promise<void> {
  const endpoint = await withSession(async (session) => {
    await session.logout()
    return session.endpoint
  })
  terminal.print(terminal.json ? JSON.stringify({ endpoint }) : `logged out of ${endpoint}`)
}
