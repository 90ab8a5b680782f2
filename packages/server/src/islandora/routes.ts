import type { UseCases } from '@hexapla/repository'
import type { RestServer } from '@hexapla/rest'
import { LoginHandler, type LoginDeps } from './authn/login-handler.ts'
import { DatastreamHandler, DatastreamsHandler } from './datastreams/datastream-handlers.ts'
import { ObjectHandler, ObjectsHandler } from './objects/object-handlers.ts'
import { RelationshipHandler } from './relationships/relationship-handler.ts'
import { SolrHandler } from './solr/solr-handler.ts'

/** What the addresses of the dialect are made of. */
export interface RouteDeps {
  readonly useCases: UseCases
  readonly login: LoginDeps
  readonly maxUploadBytes: number
}

/** Every address of the Islandora dialect. */
export function addRoutes(server: RestServer, { useCases, login, maxUploadBytes }: RouteDeps): void {
  server.addRoute('/user/login', LoginHandler, { deps: login })

  const object = '/islandora/rest/v1/object'
  const objects = { deps: { objects: useCases.objects } }
  server.addRoute(object, ObjectsHandler, objects)
  server.addRoute(`${object}/:pid`, ObjectHandler, objects)
  server.addRoute(`${object}/:pid/relationship`, RelationshipHandler, objects)

  const datastreams = {
    deps: { datastreams: useCases.datastreams, objects: useCases.objects, maxUploadBytes },
  }
  server.addRoute(`${object}/:pid/datastream`, DatastreamsHandler, datastreams)
  server.addRoute(`${object}/:pid/datastream/:dsid`, DatastreamHandler, datastreams)

  server.addRoute('/islandora/rest/v1/solr/*', SolrHandler, { deps: { query: useCases.records.query } })
}
