import type { ActorReader } from '../../domain/access/actor-reader.ts'
import type { DatabaseAddress } from '../database.ts'
import { listen } from '../listen.ts'
import { cachedAnonymous } from './cached-anonymous.ts'

/** An actor reader that saves the statement for anonymous visitors. */
export interface RightsWatch {
  readonly actors: ActorReader
  /** To be called after each commit of this process: its callers see their own changes in the next request. */
  forget(): void
  stop(): Promise<void>
}

/**
 * Remembers what anonymous visitors may do until some process changes it. Changes of this process count at once, those of
 * others as soon as PostgreSQL tells of them (some milliseconds). While it cannot tell, nothing is remembered.
 */
export function watchRights(address: DatabaseAddress, reader: ActorReader): RightsWatch {
  const cache = cachedAnonymous(reader, () => listening.isCurrent())
  const listening = listen(address, 'hexapla_rights', cache.forget)
  return { actors: cache.actors, forget: cache.forget, stop: () => listening.stop() }
}
