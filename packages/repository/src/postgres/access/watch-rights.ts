import type { ActorReader } from '../../domain/access/actor-reader.ts'
import type { Announcements } from '../announcements.ts'
import { rememberedActors } from './remembered-actors.ts'

/**
 * An actor reader that saves the statement for whoever asked before: what people and anonymous visitors may do is remembered until
 * somebody changes it.
 */
export function watchRights(announcements: Announcements, reader: ActorReader): ActorReader {
  const { actors, forget } = rememberedActors(reader, () => announcements.isCurrent())
  announcements.on('hexapla_rights', forget)
  return actors
}
