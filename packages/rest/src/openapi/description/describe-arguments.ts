import type { ArgumentDescription } from '../../arguments/argument-description.ts'
import type { JsonSchema } from '../../arguments/json-schema.ts'
import type { BodyObject, ParameterObject } from './document.ts'
import type { DescribedArguments } from './resource-description.ts'

/** Arguments of queries as parameters. */
export function queryParameters(handlers: readonly DescribedArguments[]): ParameterObject[] {
  return handlers
    .filter(({ source }) => source === 'query')
    .flatMap((handler) => handler.describe())
    .map(queryParameter)
}

/** Arguments of a body as its schema; `undefined` when there are none. */
export function argumentBody(handlers: readonly DescribedArguments[]): BodyObject | undefined {
  const bodies = handlers.filter(({ source }) => source !== 'query')
  if (bodies.length === 0) return undefined
  const content = bodies.map((handler) => [
    handler.source === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
    { schema: bodySchema(handler) },
  ])
  const required = bodies.every((handler) => handler.describe().some((argument) => argument.required))
  return { required, content: Object.fromEntries(content) as BodyObject['content'] }
}

function queryParameter(argument: ArgumentDescription): ParameterObject {
  const { name, required, nargs } = argument
  const schema = withDefault(argument)
  const common = { name, in: 'query', required } as const
  // See ArgumentDescription.schema for how these are written.
  if (schema['type'] === 'object') return { ...common, content: { 'application/json': { schema } } }
  if (schema['type'] === 'array') return { ...common, explode: nargs !== undefined, schema }
  return { ...common, schema }
}

function bodySchema(handler: DescribedArguments): JsonSchema {
  const described = handler.describe()
  const required = described.filter((argument) => argument.required).map(({ name }) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(described.map((argument) => [argument.name, withDefault(argument)])),
    ...(required.length === 0 ? {} : { required }),
    ...(handler.unrecognized === 'refuse' ? { additionalProperties: false } : {}),
  }
}

function withDefault({ schema, default: fallback }: ArgumentDescription): JsonSchema {
  return fallback === undefined ? schema : { ...schema, default: fallback }
}
