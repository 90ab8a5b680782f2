import { EventEmitter } from 'node:events'
import { CHANNELS, type Database, type DatabaseAddress } from './database.ts'
import { listen } from './listen.ts'

/** What a process hears of changes to what it remembers, whoever makes them. */
export interface Announcements {
  /** Whether everything announced up to a few seconds ago has been heard; nothing may be remembered otherwise. */
  isCurrent(): boolean
  /** Calls back for every announcement on a channel, and whenever some may have been missed. */
  on(channel: (typeof CHANNELS)[number], onHeard: () => void): void
  stop(): Promise<void>
}

/**
 * Hears what triggers announce. Changes of this process, which are made on the connections of `database`, are heard before its
 * next request; those of others as soon as PostgreSQL tells of them (some milliseconds).
 */
export function hearAnnouncements(
  address: DatabaseAddress,
  database: Pick<Database, 'onAnnounced'>,
): Announcements {
  const heard = new EventEmitter()
  const listening = listen(address, CHANNELS, (channel) => heard.emit(channel))
  const unsubscribe = database.onAnnounced((channel) => heard.emit(channel))
  return {
    isCurrent: () => listening.isCurrent(),
    on(channel, onHeard) {
      heard.on(channel, onHeard)
    },
    async stop() {
      unsubscribe()
      await listening.stop()
    },
  }
}
