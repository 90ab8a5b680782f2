import type { ArgumentType } from './argument-type.ts'

/** A JSON Schema of draft 2020-12, as OpenAPI 3.1 embeds it. */
export type JsonSchema = { readonly [keyword: string]: unknown }

/**
 * The same argument type with a description of the values that it takes, for {@link ArgumentHandler.describe}.
 *
 * @example
 * const address = withSchema((text: string) => new URL(text), { type: 'string', format: 'uri' })
 */
export function withSchema<Value, Raw>(
  type: (...parameters: Parameters<ArgumentType<Value, Raw>>) => Value,
  schema: JsonSchema,
): ArgumentType<Value, Raw> {
  return Object.assign((...[raw, context]: Parameters<typeof type>) => type(raw, context), { schema })
}
