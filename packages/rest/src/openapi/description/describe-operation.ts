import { STATUS_CODES } from 'node:http'
import type { GuardAccess } from '../../auth/guards/guard.ts'
import { argumentBody, queryParameters } from './describe-arguments.ts'
import type {
  DocumentVerb,
  OperationObject,
  ParameterObject,
  Reference,
  ResponseObject,
  SecurityRequirement,
} from './document.ts'
import type {
  OperationDescription,
  ResourceDescription,
  ResponseDescription,
} from './resource-description.ts'
import { operationIdOf, parameterNames } from './route-path.ts'

/** What is known of an operation. */
export interface KnownOperation {
  readonly verb: DocumentVerb
  readonly template: string
  readonly resource: ResourceDescription
  /** Whom its guards let in; `undefined` when it has none. */
  readonly access: GuardAccess | undefined
  /** The ways to sign in that guards take. */
  readonly signIn: readonly SecurityRequirement[]
}

/** Describes one operation; its failures are references to shared ones. */
export function describeOperation(known: KnownOperation): OperationObject {
  const { verb, template, resource, access, signIn } = known
  const described = resource[verb] ?? {}
  const parameters = [
    ...pathParameters(template, resource),
    ...queryParameters(described.arguments ?? []),
    ...(described.parameters ?? []),
  ]
  const body = described.body ?? argumentBody(described.arguments ?? [])
  const description = [described.description, rolesText(access)]
    .filter((text) => text !== undefined)
    .join('\n\n')
  const tags = described.tags ?? resource.tags
  const security = described.security ?? (access === undefined || signIn.length === 0 ? undefined : signIn)
  const takesMore = parameters.some(({ in: where }) => where !== 'path') || body !== undefined
  return {
    operationId: described.operationId ?? operationIdOf(verb, template),
    ...(described.summary === undefined ? {} : { summary: described.summary }),
    ...(description === '' ? {} : { description }),
    ...(described.deprecated === undefined ? {} : { deprecated: described.deprecated }),
    ...(tags === undefined ? {} : { tags }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: responsesOf(described, [
      ...(described.failures ?? []),
      ...(takesMore ? [400] : []),
      ...(access === undefined ? [] : [401]),
      ...(access?.roles === undefined ? [] : [403]),
    ]),
    ...(security === undefined ? {} : { security }),
  }
}

/** The name that a shared failure has in `components.responses`. */
export function failureName(status: number | undefined): string {
  return status === undefined
    ? 'Failure'
    : (STATUS_CODES[status] ?? `Status${status}`).replaceAll(/[^A-Za-z]/g, '')
}

function pathParameters(template: string, { parameters = {} }: ResourceDescription): ParameterObject[] {
  return parameterNames(template).map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
    ...parameters[name],
  }))
}

function rolesText(access: GuardAccess | undefined): string | undefined {
  const { roles = [] } = access ?? {}
  if (roles.length === 0) return undefined
  return roles.length === 1 ? `Needs the role ${roles[0]}.` : `Needs one of the roles ${roles.join(', ')}.`
}

function responsesOf(
  { responses = {} }: OperationDescription,
  failures: readonly number[],
): OperationObject['responses'] {
  const own = Object.entries(responses).map(
    ([status, response]) => [status, responseOf(status, response)] as const,
  )
  const succeeds = own.some(([status]) => /^[1-3]/.test(status))
  return {
    ...(succeeds ? {} : { '2XX': { description: 'Success' } }),
    ...Object.fromEntries(failures.map((status) => [status, failureReference(status)])),
    ...Object.fromEntries(own),
    default: failureReference(undefined),
  }
}

function responseOf(status: string, { schema, ...response }: ResponseDescription): ResponseObject {
  return {
    description: STATUS_CODES[status] ?? 'Success',
    ...(schema === undefined ? {} : { content: { 'application/json': { schema } } }),
    ...response,
  }
}

function failureReference(status: number | undefined): Reference {
  return { $ref: `#/components/responses/${failureName(status)}` }
}
