import {
  ApiPageHandler,
  OpenApiHandler,
  operationIdOf,
  publishApi,
  type ApiInfo,
  type DocumentVerb,
  type ResourceDescription,
  type RestServer,
  type RouteSummary,
  type SecurityScheme,
} from '@hexapla/rest'
import type { ApiGroup } from './api-group.ts'
import { CONTENT } from './content.ts'
import { PEOPLE } from './people.ts'
import { REGISTRIES } from './registries.ts'
import { SCHEMAS } from './schemas.ts'
import { SERVICE } from './service.ts'

/** What the description of the API is made with. */
export interface OpenApiRouteDeps {
  /** Absolute address of the API's root, known once the server listens. */
  readonly api: () => string
  readonly site: { readonly name: string; readonly version: string }
}

const GROUPS: readonly ApiGroup[] = [...SERVICE, ...CONTENT, ...PEOPLE, ...REGISTRIES]
const PREFIX = '/server/api/'

const DESCRIPTION = `The DSpace REST API of a Hexapla repository. Documents are HAL: everything begins at /server/api and \
follows links.

Programs send a token as bearer: one of a session (authn/login), an API token (authn/tokens), or one of the OpenID provider. \
Clients that keep cookies repeat the cookie DSPACE-XSRF-COOKIE in the header X-XSRF-TOKEN of every request that changes \
something. Administrators may act for somebody else with the header X-On-Behalf-Of.`

const SECURITY_SCHEMES: Readonly<Record<string, SecurityScheme>> = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'Of a session, an API token, or of the OpenID provider',
  },
  download: {
    type: 'apiKey',
    in: 'query',
    name: 'authentication-token',
    description: 'Of authn/shortlivedtokens, for links',
  },
}

/** Nouns whose ids are numbers; all others have uuids. */
const NUMBERED =
  /^(?:authz\/resourcepolicies|core\/(?:bitstreamformats|entitytypes|metadatafields|metadataschemas|relationships|relationshiptypes))\//

/** `/server/openapi.json` and `/server/openapi`: what the API is, for programs and for people. */
export function addOpenApiRoutes(server: RestServer, { api, site }: OpenApiRouteDeps): void {
  const info: ApiInfo = { title: `${site.name} REST API`, version: site.version, description: DESCRIPTION }
  const published = publishApi(() =>
    server.openapi({
      info,
      servers: [{ url: api().slice(0, -'/server/api'.length) || '/' }],
      tags: GROUPS.map(({ name, description }) => ({ name, description })),
      schemas: SCHEMAS,
      securitySchemes: SECURITY_SCHEMES,
      security: [{}, { bearer: [] }],
      includes: (path) => path === '/server' || path.startsWith('/server/'),
      describe,
    }),
  )
  server.addRoute('/server/openapi.json', OpenApiHandler, { deps: published })
  server.addRoute('/server/openapi', ApiPageHandler, { deps: published })
}

function describe({ path, verbs }: RouteSummary): ResourceDescription {
  const key = path.startsWith(PREFIX) ? path.slice(PREFIX.length) : path
  const group = GROUPS.find(({ operations }) => Object.hasOwn(operations, key))
  const operations = group?.operations[key] ?? {}
  const id = NUMBERED.test(key) ? { type: 'integer' } : { type: 'string', format: 'uuid' }
  const described = verbs.map((verb) => [verb, { operationId: idOf(verb, key), ...operations[verb] }])
  return {
    ...(group === undefined ? {} : { tags: [group.name] }),
    parameters: {
      id: { schema: id },
      personId: { schema: id },
      groupId: { schema: id },
      collectionId: { schema: id },
    },
    ...(Object.fromEntries(described) as Pick<ResourceDescription, DocumentVerb>),
  }
}

/** The prefix that all addresses share says nothing in a name. */
function idOf(verb: DocumentVerb, key: string): string {
  return operationIdOf(verb, key.replace(/^(?:core|eperson|authz|\/server)\//, ''))
}
