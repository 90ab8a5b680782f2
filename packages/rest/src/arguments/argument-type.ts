/** Where the arguments of an {@link ArgumentHandler} come from. */
export type ArgumentSource = 'query' | 'json' | 'form'

/** What a type may want to know besides the value. */
export interface ArgumentContext {
  readonly name: string
  readonly source: ArgumentSource
}

/**
 * Turns a raw value into a typed one, or throws {@link ArgumentTypeError}. Queries and forms give strings, a JSON
 * body gives any JSON value.
 *
 * @example
 * const origin = (code: string) => countries.get(code) ?? raise(new ArgumentTypeError('is no known country'))
 */
export type ArgumentType<Value, Raw = unknown> = (raw: Raw, context: ArgumentContext) => Value

/** Thrown by an argument type: the value is the caller's fault, the message is shown with the argument's name. */
export class ArgumentTypeError extends Error {
  readonly code = 'argument-type'

  constructor(message: string) {
    super(message)
    this.name = 'ArgumentTypeError'
  }
}
