import type { JsonSchema } from './json-schema.ts'

/** Where the arguments of an {@link ArgumentHandler} come from. */
export type ArgumentSource = 'query' | 'json' | 'form'

/** What a type may want to know besides the value. */
export interface ArgumentContext {
  readonly name: string
  readonly source: ArgumentSource
}

/**
 * Turns a raw value into a typed one, or throws. Queries and forms give strings, a JSON body gives any JSON value.
 *
 * The caller is told the message of an {@link ArgumentTypeError}; `invalid type` for what JavaScript itself throws
 * over a value (`SyntaxError`, `RangeError`, `URIError`, and the `TypeError` of `new URL`). Anything else is a fault
 * of the program, and 500.
 *
 * @example
 * function country(code: string): Country {
 *   const found = countries.get(code)
 *   if (found === undefined) throw new ArgumentTypeError('is no known country')
 *   return found
 * }
 */
export interface ArgumentType<Value, Raw = unknown> {
  (raw: Raw, context: ArgumentContext): Value
  /** The values taken, see {@link withSchema}. */
  readonly schema?: JsonSchema
}

/** Thrown by an argument type: the value is the caller's fault, the message is shown with the argument's name. */
export class ArgumentTypeError extends Error {
  readonly code = 'argument-type'

  constructor(message: string) {
    super(message)
    this.name = 'ArgumentTypeError'
  }
}

/** A value of another type altogether: the answer says `invalid type`, its list of faults has the message. */
export class InvalidTypeError extends ArgumentTypeError {}
