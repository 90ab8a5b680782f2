import { OutsideError } from '../domain/outside-error.ts'
import { isAllowed, type AllowedHosts } from './allowed-hosts.ts'

/** How to ask. */
export interface AskOptions {
  readonly method?: 'GET' | 'HEAD'
  readonly accept?: string
  /** Of the header `Range`. */
  readonly range?: string
  /** Milliseconds for the whole exchange, body included (default 60,000). */
  readonly patience?: number
  readonly signal?: AbortSignal
}

/**
 * Asks a service, by GET unless said otherwise. Redirects are followed to allowed hosts alone.
 *
 * @throws OutsideError `OUTSIDE_NOT_ALLOWED`, `OUTSIDE_UNREACHABLE`, `OUTSIDE_INVALID`
 * @throws the signal's reason
 */
export type Ask = (address: URL, options?: AskOptions) => Promise<Response>

const MOST_REDIRECTS = 5

/**
 * The way to services of others: every address, redirects included, is held against the hosts that are allowed.
 *
 * @example
 * const ask = fetchOutside(['export.arxiv.org'])
 * const answer = await ask(new URL('https://export.arxiv.org/api/query?id_list=2101.00001'))
 */
export function fetchOutside(hosts: AllowedHosts): Ask {
  return async (address, { method = 'GET', accept = '*/*', range, patience = 60_000, signal } = {}) => {
    const ending = AbortSignal.any([AbortSignal.timeout(patience), ...(signal === undefined ? [] : [signal])])
    let url = address
    for (let count = 0; count <= MOST_REDIRECTS; count += 1) {
      if (!isAllowed(url, hosts)) {
        const message = `${url.host} is not among the hosts that this repository may ask`
        throw new OutsideError('OUTSIDE_NOT_ALLOWED', message, { host: url.host })
      }
      // Ranges are of the bytes as they are.
      const ranged = range === undefined ? {} : { range, 'accept-encoding': 'identity' }
      const headers = { accept, 'user-agent': 'Hexapla', ...ranged }
      const response = await fetch(url, { method, headers, redirect: 'manual', signal: ending }).catch(
        (error: unknown) => {
          throw failureOf(error, url, signal)
        },
      )
      const next = redirectOf(response, url)
      if (next === undefined) return response
      await response.body?.cancel()
      url = next
    }
    throw new OutsideError('OUTSIDE_INVALID', `${address.host} redirects again and again`)
  }
}

/**
 * What it means that an exchange was broken off.
 *
 * @returns the signal's reason when it is that, and the error itself when it is none of the network's
 */
export function failureOf(error: unknown, url: URL, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted === true) return signal.reason
  if (!(error instanceof Error)) return error
  const late = error.name === 'TimeoutError'
  // `fetch` and its bodies fail with TypeErrors, and hide the reason below them.
  if (!late && !(error instanceof TypeError)) return error
  const reason = error.cause instanceof Error ? error.cause.message : error.message
  const message = late ? `${url.host} did not answer in time` : `${url.host} cannot be reached: ${reason}`
  return new OutsideError('OUTSIDE_UNREACHABLE', message, { host: url.host }, { cause: error })
}

function redirectOf({ status, headers }: Response, from: URL): URL | undefined {
  const location = headers.get('location')
  if (![301, 302, 303, 307, 308].includes(status) || location === null) return undefined
  const target = URL.parse(location, from.href)
  if (target === null) throw new OutsideError('OUTSIDE_INVALID', `${from.host} redirects to no address`)
  return target
}
