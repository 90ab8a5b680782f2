import { readFile, rm } from 'node:fs/promises'
import { ClientError } from '../errors.ts'
import { ifThere } from './if-there.ts'
import { writePrivateFile } from './write-private-file.ts'

/** A document that lies between runs of a program. */
export interface PrivateJsonFile<State> {
  /** What was stored, or `undefined` when there is nothing. @throws {ClientError} `state_invalid` */
  readonly load: () => Promise<unknown>
  /** Stores a state: readable by the owner alone, and whole or not at all. */
  readonly save: (state: State) => Promise<void>
  /** Forgets the state. */
  readonly remove: () => Promise<void>
}

/** Keeps a JSON document in a file of mode 0600. */
export function privateJsonFile<State>(path: string): PrivateJsonFile<State> {
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
