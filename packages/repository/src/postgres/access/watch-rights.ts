import type { ActorReader } from '../../domain/access/actor-reader.ts'
import { RIGHTS_CHANNEL, type Database, type DatabaseAddress } from '../database.ts'
import { listen } from '../listen.ts'
import { rememberedActors } from './remembered-actors.ts'

/** An actor reader that saves the statement for whoever asked before. */
export interface RightsWatch {
  readonly actors: ActorReader
  stop(): Promise<void>
}

/**
 * Remembers what people and anonymous visitors may do until somebody changes it. Changes of this process, which are made on the
 * connections of `database`, count in the next request; those of others as soon as PostgreSQL tells of them (some milliseconds).
 * While it cannot tell, nothing is remembered.
 */
export function watchRights(
  address: DatabaseAddress,
  database: Pick<Database, 'onAnnounced'>,
  reader: ActorReader,
): RightsWatch {
  const memory = rememberedActors(reader, () => listening.isCurrent())
  const listening = listen(address, RIGHTS_CHANNEL, memory.forget)
  const unsubscribe = database.onAnnounced(memory.forget)
  return {
    actors: memory.actors,
    async stop() {
      unsubscribe()
      await listening.stop()
    },
  }
}
