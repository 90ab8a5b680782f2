import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ClientError } from '../errors.ts'
import type { SessionState } from '../session/session-state.ts'

/** Where a session's state lies between runs of a program. */
export interface SessionFile {
  /** The stored state for the option `state`, or `undefined` when there is none. @throws {ClientError} `state_invalid` */
  readonly load: () => Promise<unknown>
  /** Stores a state: readable by the owner alone, and whole or not at all. */
  readonly save: (state: SessionState) => Promise<void>
  /** Forgets the state. */
  readonly remove: () => Promise<void>
}

/**
 * Keeps a session's state in a file of mode 0600.
 *
 * @example
 * const file = sessionFile(path)
 * const session = new DSpaceSession(endpoint, { email, password, state: await file.load() })
 * await file.save(session.state())
 */
export function sessionFile(path: string): SessionFile {
  return {
    async load() {
      const text = await readFile(path, 'utf8').catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw error
      })
      if (text === undefined) return undefined
      try {
        return JSON.parse(text) as unknown
      } catch (cause) {
        throw new ClientError('state_invalid', `${path} holds no stored session`, { cause })
      }
    },
    async save(state) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const aside = `${path}.${randomUUID()}`
      try {
        const handle = await open(aside, 'wx', 0o600)
        try {
          await handle.writeFile(JSON.stringify(state))
          await handle.sync()
        } finally {
          await handle.close()
        }
        await rename(aside, path)
      } finally {
        await rm(aside, { force: true })
      }
    },
    remove: () => rm(path, { force: true }),
  }
}
