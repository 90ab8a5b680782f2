import {
  ApiPageHandler,
  OpenApiHandler,
  operationIdOf,
  publishApi,
  type DocumentVerb,
  type OperationDescription,
  type ResourceDescription,
  type RestServer,
  type RouteSummary,
  type SecurityScheme,
} from '@hexapla/rest'
import { SESSION_COOKIE } from '../authn/session-cookie.ts'
import { RESOURCES, TAGS } from './resources.ts'
import { SCHEMAS } from './schemas.ts'

/** What the description of the dialect is made with. */
export interface OpenApiDeps {
  readonly publicUrl: () => string
  readonly site: { readonly name: string; readonly version: string }
}

const ROOT = '/islandora/rest/v1'

const DESCRIPTION = `The REST API of Islandora 7 of a Hexapla repository. PUT and DELETE may be sent as POST with the form \
field "method". Failures are {"message": ...}. Requests by cookie or by Basic authentication that change something must \
come from pages of this site, or from no page at all.`

const SECURITY_SCHEMES: Readonly<Record<string, SecurityScheme>> = {
  basic: { type: 'http', scheme: 'basic', description: 'A netid or e-mail address, and an API token' },
  user: { type: 'apiKey', in: 'header', name: 'X-Authorization-User', description: 'The same as USER:TOKEN' },
  bearer: { type: 'http', scheme: 'bearer', description: 'An API token, or one of the OpenID provider' },
  session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE, description: 'Of /user/login' },
}

/** `/islandora/openapi.json` and `/islandora/openapi`: what the dialect is, for programs and for people. */
export function addOpenApiRoutes(server: RestServer, { publicUrl, site }: OpenApiDeps): void {
  const published = publishApi(() =>
    server.openapi({
      info: { title: `${site.name} as Islandora`, version: site.version, description: DESCRIPTION },
      servers: [{ url: publicUrl() }],
      tags: TAGS,
      schemas: SCHEMAS,
      securitySchemes: SECURITY_SCHEMES,
      security: [{}, ...Object.keys(SECURITY_SCHEMES).map((name) => ({ [name]: [] }))],
      includes: (path) => Object.hasOwn(RESOURCES, keyOf(path)),
      describe,
    }),
  )
  server.addRoute('/islandora/openapi.json', OpenApiHandler, { deps: published })
  server.addRoute('/islandora/openapi', ApiPageHandler, { deps: published })
}

function describe({ path, verbs }: RouteSummary): ResourceDescription {
  const { tags, ...operations } = RESOURCES[keyOf(path)] ?? {}
  const described = verbs.map((verb): [DocumentVerb, OperationDescription] => [
    verb,
    { operationId: operationIdOf(verb, keyOf(path) || 'repository'), ...operations[verb] },
  ])
  return { ...(tags && { tags }), ...Object.fromEntries(described) }
}

/** What is behind the root of the dialect; other addresses as they are. */
function keyOf(path: string): string {
  return path.startsWith(ROOT) ? path.slice(ROOT.length) : path
}
