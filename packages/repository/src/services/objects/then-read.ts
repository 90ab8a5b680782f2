import type { Actor } from '../../domain/access/actor.ts'
import type { SeenObject } from './read-object.ts'

/**
 * A change of an object whose answer is the object as it is afterwards: whoever may change it needs no permission to read
 * beside.
 */
export function thenRead<Input>(
  change: (actor: Actor, input: Input) => Promise<{ readonly pid: string }>,
  read: (actor: Actor, pid: string) => Promise<SeenObject>,
): (actor: Actor, input: Input) => Promise<SeenObject> {
  return async (actor, input) => read(actor, (await change(actor, input)).pid)
}
