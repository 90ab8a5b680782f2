import type { Netrc, NetrcEntry } from './parse-netrc.ts'

/**
 * The entry for a server: the one that names its port goes before one that does not, and both before `default`. Of
 * several the last counts, as with Python: notebooks append.
 */
export function findNetrcEntry({ entries }: Netrc, server: URL): NetrcEntry | undefined {
  const { host, hostname } = server
  const names = [host, hostname, hostname.replace(/^\[(.*)\]$/, '$1')]
  for (const name of names) {
    const found = entries.findLast(({ machine }) => machine?.toLowerCase() === name)
    if (found !== undefined) return found
  }
  return entries.findLast(({ machine }) => machine === undefined)
}
