import type { FindCredentials } from '../pele/pele-options.ts'
import { netrcCredentials } from './netrc-file.ts'
import { tlsFetch } from './tls-fetch.ts'

// What the core takes from the machine under Node: see `imports` of package.json.

/** Finds accounts in `.netrc`. */
export const findCredentials: FindCredentials = netrcCredentials()

/** A `fetch` that takes any certificate. */
export function unverifiedFetch(): typeof globalThis.fetch {
  return tlsFetch({ verify: false })
}
