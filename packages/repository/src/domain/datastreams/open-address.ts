import type { Readable } from 'node:stream'

/** How the content of an address is asked for. */
export interface AskedAddress {
  readonly method: 'GET' | 'HEAD'
  /** Of the header `Range`; sources may answer with everything all the same. */
  readonly range?: string
  readonly signal?: AbortSignal
}

/** The content of an address, as its source tells and sends it. */
export interface OpenedAddress {
  /** 200 for all of it, 206 for a range. */
  readonly status: 200 | 206
  /** Headers that say of the content: by their names in lower case, those that there are. */
  readonly headers: Readonly<Record<string, string>>
  /** Must be read to its end or destroyed. Without bytes for HEAD. */
  readonly body: Readable
}

/**
 * Fetches the content of an address, at the hosts that the administrator has listed.
 *
 * @throws OutsideError `OUTSIDE_NOT_ALLOWED`, `OUTSIDE_UNREACHABLE`, `OUTSIDE_REFUSED` with `data.status`, `OUTSIDE_INVALID`
 */
export type OpenAddress = (location: string, asked: AskedAddress) => Promise<OpenedAddress>
