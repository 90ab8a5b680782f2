import { readFile, rm } from 'node:fs/promises'
import { ClientError } from '../errors.ts'
import type { IslandoraSessionState } from '../islandora/session-state.ts'
import type { SessionState } from '../session/session-state.ts'
import { ifThere } from './if-there.ts'
import { writePrivateFile } from './write-private-file.ts'

/** Where a session's state lies between runs of a program. */
export interface SessionFile {
  /** The stored state for the option `state`, or `undefined` when there is none. @throws {ClientError} `state_invalid` */
  readonly load: () => Promise<unknown>
  /** Stores a state: readable by the owner alone, and whole or not at all. */
  readonly save: (state: SessionState | IslandoraSessionState) => Promise<void>
  /** Forgets the state. */
  readonly remove: () => Promise<void>
}

/**
 * Keeps the state of a `DSpaceSession` or an `IslandoraSession` in a file of mode 0600.
 *
 * @example
 * const file = sessionFile(path)
 * const session = new DSpaceSession(endpoint, { email, password, state: await file.load() })
 * await file.save(session.state())
 */
export function sessionFile(path: string): SessionFile {
  return {
    async load() {
      const text = await ifThere(readFile(path, 'utf8'))
      if (text === undefined) return undefined
      try {
        return JSON.parse(text) as unknown
      } catch (cause) {
        throw new ClientError('state_invalid', `${path} holds no stored session`, { cause })
      }
    },
    save: (state) => writePrivateFile(path, JSON.stringify(state)),
    remove: () => rm(path, { force: true }),
  }
}
