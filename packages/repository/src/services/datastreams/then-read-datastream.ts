import type { Actor } from '../../domain/access/actor.ts'
import type { Datastream } from '../../domain/datastreams/datastream.ts'
import type { DatastreamName } from './find-datastream.ts'
import type { DatastreamContent } from './read-datastream.ts'

/**
 * A change of a datastream whose answer is the datastream as it is afterwards: whoever may change it needs no permission to
 * read beside.
 */
export function thenReadDatastream<Input extends DatastreamName>(
  change: (actor: Actor, input: Input) => Promise<unknown>,
  read: (actor: Actor, name: DatastreamName) => Promise<DatastreamContent>,
): (actor: Actor, input: Input) => Promise<Datastream> {
  return async (actor, input) => {
    await change(actor, input)
    return (await read(actor, { pid: input.pid, dsid: input.dsid })).datastream
  }
}
