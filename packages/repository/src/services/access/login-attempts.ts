import type { Clock } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'

/** Failures within this time add up. */
const WINDOW_MS = 15 * 60 * 1000
/** How many failures a window may hold: people mistype, an institution's people share an address. */
const MOST = { accountFromNetwork: 10, account: 100, network: 100 } as const
/** Counters that are kept at most; the oldest go first. */
const KEPT = 50_000

/** Counts the failed logins of one process, so that passwords cannot be guessed at full speed. */
export interface LoginAttempts {
  /**
   * Counts an attempt as failed until it is taken back.
   *
   * @param address of the network, whoever asks from there
   * @returns takes the attempt back: it did not fail
   * @throws DomainError `TOO_MANY_ATTEMPTS` with `retryAfterSeconds`
   */
  begin(email: string, address: string): () => void
}

interface Counter {
  failures: number
  readonly endsAt: number
}

/** {@link LoginAttempts} in memory. */
export function countLoginAttempts(clock: Clock): LoginAttempts {
  const counters = new Map<string, Counter>()

  function counterOf(key: string, now: number): Counter {
    const known = counters.get(key)
    if (known !== undefined && known.endsAt > now) return known
    counters.delete(key)
    const [oldest] = counters.keys()
    if (oldest !== undefined && counters.size >= KEPT) counters.delete(oldest)
    const counter = { failures: 0, endsAt: now + WINDOW_MS }
    counters.set(key, counter)
    return counter
  }

  return {
    begin(email, address) {
      const now = clock().getTime()
      const account = email.trim().toLowerCase()
      const network = networkOf(address)
      const touched = [
        [counterOf(`${network} ${account}`, now), MOST.accountFromNetwork],
        [counterOf(`account ${account}`, now), MOST.account],
        [counterOf(`network ${network}`, now), MOST.network],
      ] as const
      const waits = touched.filter(([{ failures }, most]) => failures >= most).map(([{ endsAt }]) => endsAt)
      if (waits.length > 0) throw tooMany(Math.ceil((Math.max(...waits) - now) / 1000))
      for (const [counter] of touched) counter.failures += 1
      return () => {
        for (const [counter] of touched) counter.failures -= 1
      }
    },
  }
}

function tooMany(retryAfterSeconds: number): DomainError {
  return new DomainError('TOO_MANY_ATTEMPTS', 'Too many logins have failed: wait before the next', {
    retryAfterSeconds,
  })
}

/** An address of IPv6 counts with the others of its /64, which one customer has (RFC 6177). */
function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address
  const [head = '', tail] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length)
  return [...groups, ...Array.from({ length: missing }, () => '0')].slice(0, 4).join(':')
}
