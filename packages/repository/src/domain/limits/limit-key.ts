import { createHash } from 'node:crypto'

/** The key of a limit: what is limited, and whom, by a digest: names are long, and nobody's business. */
export function limitKey(what: string, ...who: readonly string[]): string {
  return `${what} ${createHash('sha256').update(JSON.stringify(who)).digest('base64url')}`
}
