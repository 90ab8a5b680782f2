import { VIRTUAL_DSIDS, type UseCases } from '@hexapla/repository'
import type { HandlerClass, RestServer } from '@hexapla/rest'
import { LoginHandler, type LoginDeps } from './authn/login-handler.ts'
import { LogoutHandler } from './authn/logout-handler.ts'
import {
  DatastreamHandler,
  DatastreamsHandler,
  DatastreamTokenHandler,
} from './datastreams/datastream-handlers.ts'
import { ObjectHandler, ObjectsHandler, type ObjectDeps } from './objects/object-handlers.ts'
import { addOpenApiRoutes } from './openapi/openapi-routes.ts'
import { PermissionHandler } from './permissions/permission-handler.ts'
import { RelationshipHandler } from './relationships/relationship-handler.ts'
import { RepositoryHandler, type RepositoryDeps } from './repository/repository-handler.ts'
import { SolrHandler } from './solr/solr-handler.ts'
import { VirtualDatastreamHandler } from './virtual/virtual-datastream-handler.ts'

/** What the addresses of the dialect are made of. */
export interface RouteDeps extends Pick<RepositoryDeps, 'namespaces' | 'publicUrl' | 'site'> {
  readonly useCases: UseCases
  readonly login: LoginDeps
  readonly maxUploadBytes: number
}

/** Every address of the Islandora dialect. A slash at its end means nothing: islandora7-rest sends one. */
export function addRoutes(server: RestServer, deps: RouteDeps): void {
  const { useCases, login, maxUploadBytes, namespaces, publicUrl, site } = deps
  const add = <Deps>(path: string, Handler: HandlerClass<Deps>, given: Deps): void => {
    for (const address of [path, `${path}/`]) server.addRoute(address, Handler, { deps: given })
  }
  add('/user/login', LoginHandler, login)
  add('/user/logout', LogoutHandler, { ...login, logOut: useCases.access.logOut })

  const root = '/islandora/rest/v1'
  add(root, RepositoryHandler, {
    count: useCases.objects.count,
    readPerson: useCases.people.read,
    namespaces,
    publicUrl,
    site,
  })
  add(`${root}/permission`, PermissionHandler, { access: useCases.access })

  const object = `${root}/object`
  const objects: ObjectDeps = { objects: useCases.objects, namespaces, pidNamespace: site.pidNamespace }
  add(object, ObjectsHandler, objects)
  add(`${object}/:pid`, ObjectHandler, objects)
  add(`${object}/:pid/relationship`, RelationshipHandler, objects)

  const datastreams = { datastreams: useCases.datastreams, maxUploadBytes }
  add(`${object}/:pid/datastream`, DatastreamsHandler, datastreams)
  add(`${object}/:pid/datastream/:dsid`, DatastreamHandler, datastreams)
  add(`${object}/:pid/datastream/:dsid/token`, DatastreamTokenHandler, datastreams)
  for (const dsid of VIRTUAL_DSIDS) {
    add(`${object}/:pid/datastream/${dsid}`, VirtualDatastreamHandler, { objects: useCases.objects, dsid })
  }

  addOpenApiRoutes(server, { publicUrl, site })

  // What is behind the slash is the query, slashes among it.
  server.addRoute(`${root}/solr/*`, SolrHandler, { deps: { query: useCases.objects.search, namespaces } })
}
