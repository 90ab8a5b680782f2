import { PeleRequests, type PeleOptions } from '@hexapla/client'
import { netrcCredentials, privateJsonFile, type PrivateJsonFile } from '@hexapla/client/node'
import { readEnvironment, type Environment } from '@hexapla/server/environment'
import { CommandError } from '../../command-error.ts'
import { EXIT } from '../../exit-code.ts'
import { interruptible } from '../../interruption.ts'
import { configPath } from '../session-place.ts'

/** What `hexapla pele login` keeps. */
export interface PeleState {
  readonly baseUrl: string
  /** False where any certificate is believed. */
  readonly verify: boolean
  readonly token?: string
}

/** Where it is kept. */
export function pelePlace(environment: Environment): PrivateJsonFile<PeleState> {
  return privateJsonFile(configPath(environment, 'pele.json'))
}

/**
 * Works with the API that `hexapla pele login` was told, and keeps the token when it was renewed. Where the environment
 * names an API (`HEXAPLA_PELE`), with a token (`HEXAPLA_TOKEN`), an account (`HEXAPLA_USER`, `HEXAPLA_PASSWORD`) or that of
 * `.netrc`, it is that one, and nothing is kept.
 *
 * @throws CommandError `NOT_LOGGED_IN`, and what `work` throws
 */
export function withPele<T>(work: (pele: PeleRequests, signal: AbortSignal) => Promise<T>): Promise<T> {
  return interruptible(async (signal) => {
    const environment = readEnvironment()
    const named = environment['HEXAPLA_PELE']
    if (named !== undefined && named !== '') {
      return work(new PeleRequests(named, { ...accountOf(environment), signal }), signal)
    }
    const place = pelePlace(environment)
    const state = readState(await place.load())
    const { baseUrl, verify, token } = state
    const begin = token === undefined ? {} : { token }
    const pele = new PeleRequests(baseUrl, { ...begin, verify, credentials: netrcCredentials(), signal })
    const result = await work(pele, signal)
    const now = await pele.login(signal)
    if (now !== undefined && now !== token) await place.save({ ...state, token: now })
    return result
  })
}

function accountOf({
  HEXAPLA_TOKEN: token = '',
  HEXAPLA_USER: user = '',
  HEXAPLA_PASSWORD: password = '',
}: Environment): PeleOptions {
  if (token !== '') return { token }
  return user === '' ? {} : { user, password }
}

function readState(state: unknown): PeleState {
  const { baseUrl, verify, token } = (typeof state === 'object' && state !== null ? state : {}) as Partial<
    Record<keyof PeleState, unknown>
  >
  if (typeof baseUrl !== 'string') {
    throw new CommandError('NOT_LOGGED_IN', 'not logged in: hexapla pele login URL', EXIT.REFUSED)
  }
  return { baseUrl, verify: verify !== false, ...(typeof token === 'string' && { token }) }
}
