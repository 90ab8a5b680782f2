import { DomainError } from '../../domain/errors.ts'
import type { HitWindows } from '../../domain/limits/hit-windows.ts'
import { limitKey } from '../../domain/limits/limit-key.ts'
import { networkOf } from '../../domain/limits/network-of.ts'

/** Failures within this time add up. */
const WINDOW_MS = 15 * 60 * 1000
/** How many failures a window may hold: people mistype, an institution's people share an address. */
const MOST = { accountFromNetwork: 10, account: 100, network: 100 } as const

/** Counts failed logins, so that passwords cannot be guessed at full speed. */
export interface LoginAttempts {
  /**
   * Counts an attempt as failed until it is taken back.
   *
   * @param address of the network, whoever asks from there
   * @returns takes the attempt back: it did not fail
   * @throws DomainError `TOO_MANY_ATTEMPTS` with `retryAfterSeconds`
   */
  begin(email: string, address: string): Promise<() => Promise<void>>
}

/** {@link LoginAttempts} of all processes that share the windows. */
export function countLoginAttempts(hits: HitWindows): LoginAttempts {
  return {
    async begin(email, address) {
      const account = email.trim().toLowerCase()
      const network = networkOf(address)
      const attempt = await hits.take([
        { key: limitKey('login', network, account), most: MOST.accountFromNetwork, widthMs: WINDOW_MS },
        { key: limitKey('login of account', account), most: MOST.account, widthMs: WINDOW_MS },
        { key: limitKey('login from network', network), most: MOST.network, widthMs: WINDOW_MS },
      ])
      if (!attempt.isTaken) throw tooMany(Math.max(...attempt.windows.map(({ waitMs }) => waitMs)))
      return () => attempt.giveBack()
    },
  }
}

function tooMany(waitMs: number): DomainError {
  return new DomainError('TOO_MANY_ATTEMPTS', 'Too many logins have failed: wait before the next', {
    retryAfterSeconds: Math.ceil(waitMs / 1000),
  })
}
