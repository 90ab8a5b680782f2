import { createHash } from 'node:crypto'
import type { Login } from './login-storage.ts'

interface Renewal {
  readonly outcome: Promise<Login | undefined>
  /** Until when late askers get the same outcome. */
  until: number
}

/** Requests that were sent before the browser had the new login still come with the old one. */
const KEPT_MS = 60_000
/** A provider that is away is not asked again with every request. */
const KEPT_FAILURE_MS = 5_000

/** Renews a login once for all requests of this process that bring it. */
export class SharedRenewals {
  readonly #renewals = new Map<string, Renewal>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** Runs `work`, unless it runs for this login or did a moment ago: then its outcome. */
  run(login: Login, work: () => Promise<Login | undefined>): Promise<Login | undefined> {
    const key = createHash('sha256').update(login.accessToken).digest('base64url')
    this.#forget()
    const known = this.#renewals.get(key)
    if (known !== undefined) return known.outcome
    const renewal: Renewal = { outcome: work(), until: Infinity }
    this.#renewals.set(key, renewal)
    void renewal.outcome.then(
      () => (renewal.until = this.#now() + KEPT_MS),
      () => (renewal.until = this.#now() + KEPT_FAILURE_MS),
    )
    return renewal.outcome
  }

  #forget(): void {
    const now = this.#now()
    for (const [key, { until }] of this.#renewals) if (until <= now) this.#renewals.delete(key)
  }
}
