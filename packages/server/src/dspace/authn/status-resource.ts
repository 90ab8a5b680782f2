import type { Actor } from '@hexapla/repository'
import { embedMany, embedOne, type ResourceType } from '../hal/resource.ts'
import { listSpecialGroups } from './list-special-groups.ts'

const STATUS = 'status'

/** Who asks, and how they signed in. */
export interface Standing {
  readonly actor: Actor
  readonly method: string | null
}

/** Whether a request is authenticated (RestContract authentication.md, "Status"). */
export const statusResource: ResourceType<Standing> = {
  type: 'status',
  plural: 'statuses',
  id: () => STATUS,
  path: () => 'authn/status',
  properties: ({ actor: { personId }, method }) => ({
    okay: true,
    authenticated: personId !== null,
    authenticationMethod: method,
    type: 'status',
  }),
  links: [
    {
      name: 'eperson',
      path: ({ actor: { personId } }) => (personId === null ? null : `eperson/epersons/${personId}`),
      embed: embedOne(
        'person',
        () => STATUS,
        ({ actor }: Standing) => actor.personId,
        (view, ids) => view.related.people(ids),
      ),
    },
    {
      name: 'specialGroups',
      embed: embedMany(
        'group',
        () => STATUS,
        async (view, _ids, size) =>
          new Map([[STATUS, await listSpecialGroups(view.related, view.actor, { number: 0, size })]]),
      ),
    },
  ],
}
