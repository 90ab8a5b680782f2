import { invalid } from '../errors.ts'
import type { ChecksumType, ControlGroup } from './datastream.ts'

/** The bundle of datastreams that hold an address: files of text, each with one address in it. */
export const ADDRESS_BUNDLE = 'EXTERNAL'

/** What browsers and proxies take (RFC 9110 section 4.1 asks for 8000). */
const LONGEST = 8000

/** Whether a datastream holds the address of its content: it is fetched (`E`), or readers are sent there (`R`). */
export function holdsAddress(controlGroup: ControlGroup): boolean {
  return controlGroup === 'E' || controlGroup === 'R'
}

/**
 * An address that a datastream may hold: of HTTP or HTTPS, without a name and a password in it, as it is written in headers.
 *
 * @throws DomainError `INVALID` with `field: 'url'`
 */
export function requireLocation(text: string): string {
  const url = URL.parse(text.trim())
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw invalid('The url must be an address of HTTP or HTTPS, without a name and a password', 'url')
  }
  if (url.href.length > LONGEST) throw invalid(`The url has more than ${LONGEST} characters`, 'url')
  return url.href
}

/**
 * Refuses a checksum of what is kept elsewhere.
 *
 * @throws DomainError `INVALID` with `field: 'checksumType'`
 */
export function requireNoChecksum(type: ChecksumType | undefined): void {
  if (type === undefined || type === 'DISABLED') return
  throw invalid('There is no checksum of what is kept elsewhere', 'checksumType')
}

/** How an address is kept as a file: a list of one (RFC 2483 section 5). */
export function locationFile(location: string): Uint8Array {
  return Buffer.from(`${location}\r\n`)
}

/**
 * The address in such a file; anybody may have written that since, through DSpace.
 *
 * @throws DomainError `INVALID` with `field: 'url'` when there is none
 */
export function parseLocation(file: string): string {
  return requireLocation(file.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '')
}
