import { limitKey, networkOf, type Clock, type CountedHit, type HitWindows } from '@hexapla/repository'
import { HttpError, type RestRequest, type RestResponse } from '@hexapla/rest'

/** The limits of the original, with its words for them. */
const RULES = {
  register: { most: 1, widthMs: 60_000, words: '1 per 1 minute' },
  verify: { most: 3, widthMs: 60_000, words: '3 per 1 minute' },
  login: { most: 3, widthMs: 60_000, words: '3 per 1 minute' },
  query: { most: 10, widthMs: 1000, words: '10 per 1 second' },
} as const

/** Whose calls are counted together: those from an address of the network, or those of a person. */
export type Whose = { readonly address: string } | { readonly person: string }

/** A call as it comes in, and what is told of it. */
export interface Call {
  readonly request: Pick<RestRequest, 'route'>
  readonly response: RestResponse
}

/** Refuses calls where there are too many. */
export interface CallLimits {
  /**
   * Counts a call for everybody given, or for nobody, and tells how many are left (`X-RateLimit-*`). As in the original,
   * each address of the API has windows of its own.
   *
   * @throws HttpError 429 `rate-limited` with `Retry-After`
   */
  count(
    rule: keyof typeof RULES,
    call: Call,
    ...whose: readonly Whose[]
  ): Promise<Pick<CountedHit, 'giveBack'>>
}

/** {@link CallLimits} that count in moving windows. */
export function callLimits(hits: HitWindows, clock: Clock): CallLimits {
  return {
    async count(rule, { request, response }, ...whose) {
      const { most, widthMs, words } = RULES[rule]
      const what = `pele ${request.route ?? ''}`
      const counted = await hits.take(whose.map((who) => ({ key: keyOf(what, who), most, widthMs })))
      for (const { remaining, resetMs } of counted.windows) {
        if (remaining >= Number(response.headers['x-ratelimit-remaining'] ?? Infinity)) continue
        response.header('X-RateLimit-Limit', most).header('X-RateLimit-Remaining', remaining)
        response.header('X-RateLimit-Reset', Math.ceil((clock().getTime() + resetMs) / 1000))
      }
      if (counted.isTaken) return counted
      const wait = Math.max(...counted.windows.map(({ waitMs }) => waitMs))
      throw new HttpError(429, 'rate-limited', words, {
        headers: { 'retry-after': String(Math.max(1, Math.ceil(wait / 1000))) },
      })
    },
  }
}

/** {@link CallLimits} that let everything through. */
export const unlimitedCalls: CallLimits = { count: async () => ({ giveBack: async () => undefined }) }

function keyOf(what: string, whose: Whose): string {
  return 'address' in whose
    ? limitKey(`${what} address`, networkOf(whose.address))
    : limitKey(`${what} person`, whose.person.trim().toLowerCase())
}
