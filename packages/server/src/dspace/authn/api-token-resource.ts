import type { ApiToken, CreatedToken } from '@hexapla/repository'
import { momentText } from '../hal/moment.ts'
import { embedOne, type ResourceType } from '../hal/resource.ts'

const idOf = (token: ApiToken) => token.id

/** Tokens of programs; `token` is their text, shown in the answer that made one and never again. */
export const apiTokenResource: ResourceType<ApiToken | CreatedToken> = {
  type: 'token',
  plural: 'tokens',
  id: idOf,
  path: (token) => `authn/tokens/${token.id}`,
  properties: (token) => ({
    id: token.id,
    uuid: token.id,
    name: token.name,
    scope: token.scope,
    ...('text' in token && { token: token.text }),
    created: momentText(token.createdAt),
    expires: token.expiresAt === null ? null : momentText(token.expiresAt),
    lastUsed: token.lastUsedAt === null ? null : momentText(token.lastUsedAt),
    type: 'token',
    uniqueType: 'authn.token',
  }),
  links: [
    {
      name: 'eperson',
      path: ({ personId }) => `eperson/epersons/${personId}`,
      embed: embedOne(
        'person',
        idOf,
        (token: ApiToken) => token.personId,
        (view, ids) => view.related.people(ids),
      ),
    },
  ],
}
