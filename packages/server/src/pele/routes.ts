import type { UseCases } from '@hexapla/repository'
import type { RestServer } from '@hexapla/rest'
import type { SessionTokens } from '../authn/session-tokens.ts'
import type { CallLimits } from './limits/call-limits.ts'
import { addDatasetRoutes } from './datasets/dataset-routes.ts'
import { addPeopleRoutes } from './people/people-routes.ts'
import { addServiceRoutes } from './service/service-routes.ts'

/** What the addresses of the dialect are made of. */
export interface RouteDeps {
  readonly useCases: UseCases
  readonly tokens: SessionTokens
  readonly limits: CallLimits
  readonly publicUrl: () => string
  readonly version: string
}

/** Every address of the Pele dialect. */
export function addRoutes(server: RestServer, deps: RouteDeps): void {
  addPeopleRoutes(server, deps)
  addServiceRoutes(server, deps)
  addDatasetRoutes(server, deps)
}
