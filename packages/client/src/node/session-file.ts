import type { IslandoraSessionState } from '../islandora/session-state.ts'
import type { SessionState } from '../session/session-state.ts'
import { privateJsonFile, type PrivateJsonFile } from './private-json-file.ts'

/** Where a session's state lies between runs of a program. */
export type SessionFile = PrivateJsonFile<SessionState | IslandoraSessionState>

/**
 * Keeps the state of a `DSpaceSession` or an `IslandoraSession` in a file of mode 0600.
 *
 * @example
 * const file = sessionFile(path)
 * const session = new DSpaceSession(endpoint, { email, password, state: await file.load() })
 * await file.save(session.state())
 */
export function sessionFile(path: string): SessionFile {
  return privateJsonFile(path)
}
