import { pipeline, Readable, Transform } from 'node:stream'
import type { AskedAddress, OpenAddress } from '../domain/datastreams/open-address.ts'
import { OutsideError } from '../domain/outside-error.ts'
import type { AllowedHosts } from './allowed-hosts.ts'
import { fetchOutside } from './fetch-outside.ts'

/** Until the head of an answer is there, and then from one piece of its body to the next, however slow its reader is. */
const PATIENCE_MS = 30_000
/** Nothing takes longer than a day. */
const LONGEST_MS = 24 * 60 * 60 * 1000

/** What is passed on of what a source says of its content; its cookies and the like are none of readers' business. */
const PASSED_ON = [
  'content-type',
  'content-length',
  'content-range',
  'accept-ranges',
  'etag',
  'last-modified',
] as const

/**
 * Fetches contents of addresses from the hosts listed, redirects included. Nothing of who asks is passed on.
 *
 * @example
 * const open = openAddresses(['media.example.org', 'archive.example.org:8443'])
 * const { headers, body } = await open('https://media.example.org/film.mp4', { method: 'GET', range: 'bytes=0-99' })
 */
export function openAddresses(hosts: AllowedHosts): OpenAddress {
  const ask = fetchOutside(hosts)
  return async (location, asked) => {
    const { signal, delay, clear } = impatience(asked)
    try {
      const { method, range } = asked
      const response = await ask(new URL(location), {
        method,
        signal,
        patience: LONGEST_MS,
        ...(range !== undefined && { range }),
      })
      await requireContent(response)
      return {
        status: response.status === 206 ? 206 : 200,
        headers: headersOf(response),
        body: bodyOf(response, { delay, clear }),
      }
    } catch (error) {
      clear()
      throw error
    }
  }
}

/** A signal that is aborted when nothing has happened for a while: `delay` tells that something has. */
function impatience({ signal }: AskedAddress) {
  const late = new AbortController()
  const give = () => late.abort(new OutsideError('OUTSIDE_UNREACHABLE', 'The source does not answer in time'))
  let timer = setTimeout(give, PATIENCE_MS)
  return {
    signal: signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]),
    delay: (): void => {
      clearTimeout(timer)
      timer = setTimeout(give, PATIENCE_MS)
    },
    clear: (): void => clearTimeout(timer),
  }
}

async function requireContent(response: Response): Promise<void> {
  const { status } = response
  if (status === 200 || status === 206) return
  await response.body?.cancel()
  const { host } = new URL(response.url)
  throw new OutsideError('OUTSIDE_REFUSED', `${host} answers with status ${status}`, { status })
}

function headersOf({ headers }: Response): Readonly<Record<string, string>> {
  // What is told of encoded bytes is not true of those that are passed on.
  const isEncoded = headers.has('content-encoding')
  const told = PASSED_ON.filter((name) => !(isEncoded && name === 'content-length'))
  return Object.fromEntries(
    told.flatMap((name) => {
      const value = headers.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
}

function bodyOf(response: Response, { delay, clear }: { delay: () => void; clear: () => void }): Readable {
  const source = response.body === null ? Readable.from([]) : Readable.fromWeb(response.body)
  const watched = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      delay()
      done(null, chunk)
    },
  })
  return pipeline(source, watched, clear)
}
