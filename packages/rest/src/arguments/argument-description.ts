import type { Argument } from './argument.ts'
import type { Nargs } from './argument-spec.ts'
import type { ArgumentSource } from './argument-type.ts'
import type { JsonSchema } from './json-schema.ts'

/** What one argument is, for documents about it such as OpenAPI. */
export interface ArgumentDescription {
  /** The name in the request. */
  readonly name: string
  readonly source: ArgumentSource
  readonly required: boolean
  /** How many values; absent for one. */
  readonly nargs?: Nargs
  /** There only when the argument has one, which may be `undefined`. */
  readonly default?: unknown
  readonly choices?: readonly unknown[]
  /**
   * The schema of all that is given under the name. In a query or form, an array with `nargs` is a key given several
   * times (`explode: true` in OpenAPI), one without is a text with commas (`explode: false`), an object its JSON text.
   */
  readonly schema: JsonSchema
}

/** Describes one argument. */
export function describeArgument(argument: Argument): ArgumentDescription {
  const { name, context, required, nargs, choices } = argument
  return {
    name,
    source: context.source,
    required,
    ...(nargs === undefined ? {} : { nargs }),
    ...(required ? {} : { default: argument.default }),
    ...(choices === undefined ? {} : { choices }),
    schema: schemaOf(argument),
  }
}

function schemaOf({ type, choices, nargs, hasConstant, context }: Argument): JsonSchema {
  const raw = context.source === 'json' ? {} : { type: 'string' }
  const one = {
    ...(type === undefined ? raw : (type.schema ?? raw)),
    ...(choices === undefined ? {} : { enum: choices }),
  }
  if (nargs === '*') return { type: 'array', items: one }
  if (nargs === '+') return { type: 'array', items: one, minItems: 1 }
  if (typeof nargs === 'number') return { type: 'array', items: one, minItems: nargs, maxItems: nargs }
  return hasConstant && context.source === 'json' ? { anyOf: [one, { type: 'null' }] } : one
}
