import type { Actor } from '@hexapla/repository'
import { StateKey } from '@hexapla/rest'

/** Where the authentication hook leaves who asks. */
export const actorKey = new StateKey<Actor>('actor')
