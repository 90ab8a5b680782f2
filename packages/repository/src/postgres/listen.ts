import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { DatabaseAddress } from './database.ts'

/** A connection that hears what transactions announce. */
export interface Listening {
  /** Whether everything announced up to a few seconds ago has been heard. */
  isCurrent(): boolean
  stop(): Promise<void>
}

/** How often the connection is asked for a sign of life, in ms. */
const BEAT = 1000
/** How long a sign of life counts, in ms: a broken network shows by silence alone. */
const PATIENCE = 5000

/**
 * Listens on channels of PostgreSQL (`NOTIFY`), on a connection of its own that is opened anew when it breaks.
 *
 * @param onHeard called for every announcement, and for each channel whenever some may have been missed
 */
export function listen(
  address: DatabaseAddress,
  channels: readonly string[],
  onHeard: (channel: string) => void,
): Listening {
  const ending = new AbortController()
  let lastSign = -Infinity
  const hear = async (): Promise<void> => {
    const client = new Client({
      ...('url' in address ? { connectionString: address.url } : address),
      application_name: 'hexapla listening',
      connectionTimeoutMillis: PATIENCE,
      query_timeout: PATIENCE,
    })
    // What breaks it makes the next sign of life fail.
    client.on('error', () => undefined)
    client.on('end', () => {
      lastSign = -Infinity
    })
    client.on('notification', ({ channel }) => onHeard(channel))
    try {
      await client.connect()
      for (const channel of channels) await client.query(`listen ${client.escapeIdentifier(channel)}`)
      for (const channel of channels) onHeard(channel)
      while (!ending.signal.aborted) {
        await client.query('select')
        lastSign = performance.now()
        await sleep(BEAT, undefined, { signal: ending.signal, ref: false })
      }
    } finally {
      lastSign = -Infinity
      await client.end()
    }
  }
  const running = (async () => {
    while (!ending.signal.aborted) {
      // Broken or ending: without a connection nothing is current, which callers see; the next one is tried in a moment.
      await hear().catch(() => undefined)
      await sleep(BEAT, undefined, { signal: ending.signal, ref: false }).catch(() => undefined)
    }
  })()
  return {
    isCurrent: () => performance.now() - lastSign < PATIENCE,
    async stop() {
      ending.abort()
      await running
    },
  }
}
