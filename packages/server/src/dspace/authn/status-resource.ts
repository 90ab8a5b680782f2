import type { Actor } from '@hexapla/repository'
import { embedMany, embedOne, type ResourceType } from '../hal/resource.ts'
import { listSpecialGroups } from './list-special-groups.ts'

const STATUS = 'status'

/** Whether a request is authenticated (RestContract authentication.md, "Status"). */
export const statusResource: ResourceType<Actor> = {
  type: 'status',
  plural: 'statuses',
  id: () => STATUS,
  path: () => 'authn/status',
  properties: ({ personId }) => ({
    okay: true,
    authenticated: personId !== null,
    authenticationMethod: personId === null ? null : 'password',
    type: 'status',
  }),
  links: [
    {
      name: 'eperson',
      path: ({ personId }) => (personId === null ? null : `eperson/epersons/${personId}`),
      embed: embedOne(
        'person',
        () => STATUS,
        (actor: Actor) => actor.personId,
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
