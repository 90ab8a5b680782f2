import { STATUS_CODES } from 'node:http'
import type { JsonSchema } from '../../arguments/json-schema.ts'
import { accessOf } from '../../auth/guards/guard.ts'
import type { ErrorDescription } from '../../problem.ts'
import { describeOperation, failureName } from './describe-operation.ts'
import type {
  ApiInfo,
  ApiServer,
  ApiTag,
  DocumentVerb,
  OpenApiDocument,
  OperationObject,
  PathItem,
  ResponseObject,
  SecurityRequirement,
  SecurityScheme,
} from './document.ts'
import type { ResourceDescription } from './resource-description.ts'
import { templateOf } from './route-path.ts'

/** What a document says of a server besides its routes. */
export interface OpenApiOptions {
  readonly info: ApiInfo
  readonly servers?: readonly ApiServer[]
  readonly tags?: readonly ApiTag[]
  /**
   * JSON Schemas, TypeBox's among them, that descriptions refer to by `#/components/schemas/NAME`; `Error` is that of
   * failures.
   */
  readonly schemas?: Readonly<Record<string, object>>
  /** Beside those of hooks. */
  readonly securitySchemes?: Readonly<Record<string, SecurityScheme>>
  /** Of operations of which neither guards nor descriptions say anything. */
  readonly security?: readonly SecurityRequirement[]
  /** Which routes are in it, by their path; default: all. */
  readonly includes?: (path: string) => boolean
  /** In place of the static field `api` of a handler class; `undefined` leaves that. */
  readonly describe?: (route: RouteSummary) => ResourceDescription | undefined
}

/** A route as it was added. */
export interface RouteSummary {
  readonly path: string
  /** Those that the class has methods for. */
  readonly verbs: readonly DocumentVerb[]
}

/** What of a route a document is made of. */
export interface DescribedRoute {
  readonly path: string
  readonly Handler: { readonly prototype: object; readonly api?: ResourceDescription }
}

/** What of a server a document is made of. */
export interface DescribedServer {
  readonly routes: readonly DescribedRoute[]
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>
  readonly errors: ErrorDescription | undefined
}

const verbs: readonly DocumentVerb[] = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options']

/**
 * Describes every route of a server.
 *
 * @throws TypeError when two operations have one id, which a document must not have
 */
export function describeRoutes(server: DescribedServer, options: OpenApiOptions): OpenApiDocument {
  const securitySchemes = { ...server.securitySchemes, ...options.securitySchemes }
  const signIn = Object.keys(server.securitySchemes).map((name) => ({ [name]: [] }))
  const paths = server.routes
    .filter(({ path }) => options.includes?.(path) ?? true)
    .map((route) => [templateOf(route.path), describeRoute(route, signIn, options)] as const)
  const operations = paths.flatMap(([, item]) => operationsOf(item))
  requireUniqueIds(operations)
  const document: OpenApiDocument = {
    openapi: '3.1.0',
    info: options.info,
    ...(options.servers === undefined ? {} : { servers: options.servers }),
    ...(options.tags === undefined ? {} : { tags: options.tags }),
    ...(options.security === undefined ? {} : { security: options.security }),
    paths: Object.fromEntries(paths),
    components: {
      schemas: {
        ...(server.errors && { Error: server.errors.schema as JsonSchema }),
        ...(options.schemas as Readonly<Record<string, JsonSchema>> | undefined),
      },
      responses: failures(operations, server.errors),
      securitySchemes,
    },
  }
  // Schemas may hold what JSON has no place for, such as the symbols of TypeBox.
  return JSON.parse(JSON.stringify(document)) as OpenApiDocument
}

function describeRoute(
  { path, Handler }: DescribedRoute,
  signIn: readonly SecurityRequirement[],
  { describe }: OpenApiOptions,
): PathItem {
  const prototype = Handler.prototype as Readonly<Record<string, unknown>>
  const had = verbs.filter((verb) => typeof prototype[verb] === 'function')
  const resource = describe?.({ path, verbs: had }) ?? Handler.api ?? {}
  const template = templateOf(path)
  return Object.fromEntries(
    had.map((verb) => [
      verb,
      describeOperation({ verb, template, resource, access: accessOf(prototype[verb]), signIn }),
    ]),
  )
}

function operationsOf(item: PathItem): OperationObject[] {
  return verbs.flatMap((verb) => item[verb] ?? [])
}

function requireUniqueIds(operations: readonly OperationObject[]): void {
  const seen = new Set<string>()
  for (const { operationId } of operations) {
    if (seen.has(operationId)) throw new TypeError(`two operations are called ${operationId}`)
    seen.add(operationId)
  }
}

/** The failures that operations refer to, in the form of the server. */
function failures(
  operations: readonly OperationObject[],
  errors: ErrorDescription | undefined,
): Record<string, ResponseObject> {
  const referred = new Set(
    operations.flatMap(({ responses }) =>
      Object.entries(responses)
        .filter(([, response]) => '$ref' in response)
        .map(([status]) => (status === 'default' ? undefined : Number(status))),
    ),
  )
  const content = errors && { [errors.mediaType]: { schema: { $ref: '#/components/schemas/Error' } } }
  return Object.fromEntries(
    [...referred].map((status) => [
      failureName(status),
      {
        description: status === undefined ? 'A failure' : (STATUS_CODES[status] ?? `Status ${status}`),
        ...(content && { content }),
      },
    ]),
  )
}
