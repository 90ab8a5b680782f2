import type { UseCases } from '@hexapla/repository'
import type { RestServer } from '@hexapla/rest'
import type { HalDeps } from '../hal/hal-handler.ts'
import { SearchMethodsHandler } from '../hal/search-methods-handler.ts'
import {
  EXTERNAL_SEARCHES,
  ExternalEntriesHandler,
  ExternalEntryHandler,
  ExternalSourceHandler,
  ExternalSourcesByTypeHandler,
  ExternalSourcesHandler,
  TypesOfExternalSourceHandler,
} from './external-handlers.ts'

/** Every address of external sources. */
export function addExternalRoutes(
  server: RestServer,
  api: string,
  { hal, useCases }: { readonly hal: HalDeps; readonly useCases: UseCases },
): void {
  const handled = { deps: { ...hal, externalSources: useCases.externalSources } }
  const path = `${api}/integration/externalsources`
  server.addRoute(path, ExternalSourcesHandler, handled)
  server.addRoute(`${path}/search`, SearchMethodsHandler, { deps: { ...hal, methods: EXTERNAL_SEARCHES } })
  server.addRoute(`${path}/search/findByEntityType`, ExternalSourcesByTypeHandler, handled)
  server.addRoute(`${path}/:source`, ExternalSourceHandler, handled)
  server.addRoute(`${path}/:source/entityTypes`, TypesOfExternalSourceHandler, handled)
  server.addRoute(`${path}/:source/entries`, ExternalEntriesHandler, handled)
  server.addRoute(`${path}/:source/entryValues/:entryId`, ExternalEntryHandler, handled)
}
