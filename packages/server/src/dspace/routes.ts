import type { UseCases } from '@hexapla/repository'
import type { RestServer } from '@hexapla/rest'
import {
  AuthnHandler,
  CsrfHandler,
  LoginHandler,
  LogoutHandler,
  ShortLivedTokenHandler,
  SpecialGroupsHandler,
  StatusHandler,
} from './authn/authn-handlers.ts'
import type { Csrf } from './authn/csrf.ts'
import type { Tokens } from './authn/tokens.ts'
import type { HalDeps } from './hal/hal-handler.ts'
import { EditableItemsHandler, ItemHandler, ItemsHandler } from './items/item-handlers.ts'
import { ContainerOfGroupHandler, GroupHandler, GroupsHandler } from './people/group-handlers.ts'
import {
  MemberHandler,
  MembersHandler,
  SubgroupHandler,
  SubgroupsHandler,
} from './people/membership-handlers.ts'
import { GroupsOfPersonHandler, PeopleHandler, PersonHandler } from './people/person-handlers.ts'
import { RootHandler, type Endpoint } from './root/root-handler.ts'

/** What the routes of the dialect are made of. */
export interface RouteDeps {
  readonly hal: HalDeps
  readonly useCases: UseCases
  readonly csrf: Csrf
  readonly tokens: Tokens
  readonly site: { readonly name: string; readonly version: string; readonly uiUrl: () => string }
}

/** The primary endpoints, as the root document names them. */
const ENDPOINTS: readonly Endpoint[] = [
  { rel: 'authn', path: 'authn' },
  { rel: 'epersons', path: 'eperson/epersons' },
  { rel: 'groups', path: 'eperson/groups' },
  { rel: 'items', path: 'core/items' },
]

/** Every address of the DSpace dialect, in one list. */
export function addRoutes(server: RestServer, { hal, useCases, csrf, tokens, site }: RouteDeps): void {
  const api = '/server/api'
  server.addRoute(api, RootHandler, { deps: { ...hal, ...site, endpoints: ENDPOINTS } })

  const authn = { ...hal, csrf, tokens, logIn: useCases.access.logIn, logOut: useCases.access.logOut }
  server.addRoute(`${api}/security/csrf`, CsrfHandler, { deps: authn })
  server.addRoute(`${api}/authn`, AuthnHandler, { deps: authn })
  server.addRoute(`${api}/authn/login`, LoginHandler, { deps: authn })
  server.addRoute(`${api}/authn/logout`, LogoutHandler, { deps: authn })
  server.addRoute(`${api}/authn/status`, StatusHandler, { deps: authn })
  server.addRoute(`${api}/authn/status/specialGroups`, SpecialGroupsHandler, { deps: authn })
  server.addRoute(`${api}/authn/shortlivedtokens`, ShortLivedTokenHandler, { deps: authn })

  const people = { deps: { ...hal, people: useCases.people } }
  server.addRoute(`${api}/eperson/epersons`, PeopleHandler, people)
  server.addRoute(`${api}/eperson/epersons/:id`, PersonHandler, people)
  server.addRoute(`${api}/eperson/epersons/:id/groups`, GroupsOfPersonHandler, people)

  const groups = { deps: { ...hal, groups: useCases.groups } }
  server.addRoute(`${api}/eperson/groups`, GroupsHandler, groups)
  server.addRoute(`${api}/eperson/groups/:id`, GroupHandler, groups)
  server.addRoute(`${api}/eperson/groups/:id/object`, ContainerOfGroupHandler, groups)
  server.addRoute(`${api}/eperson/groups/:id/epersons`, MembersHandler, groups)
  server.addRoute(`${api}/eperson/groups/:id/epersons/:personId`, MemberHandler, groups)
  server.addRoute(`${api}/eperson/groups/:id/subgroups`, SubgroupsHandler, groups)
  server.addRoute(`${api}/eperson/groups/:id/subgroups/:groupId`, SubgroupHandler, groups)

  const items = { deps: { ...hal, items: useCases.items } }
  server.addRoute(`${api}/core/items`, ItemsHandler, items)
  server.addRoute(`${api}/core/items/search/findEditAuthorized`, EditableItemsHandler, items)
  server.addRoute(`${api}/core/items/:id`, ItemHandler, items)
}
