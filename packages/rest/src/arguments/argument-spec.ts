import type { ArgumentSource, ArgumentType } from './argument-type.ts'

/** What a source gives an argument type to read. */
export type RawArgument<Source extends ArgumentSource> = Source extends 'json' ? unknown : string

/** How one argument is read. Without `default`, `required: false` or `repeated` it is required. */
export interface ArgumentSpec<Raw = unknown> {
  /** Default: a string. */
  readonly type?: ArgumentType<unknown, Raw>
  /** Taken when the argument is absent; makes it optional. */
  readonly default?: unknown
  /** `false`: may be absent, and is `undefined` then. */
  readonly required?: boolean
  /** All values as a list: a key given several times, or an array in JSON. Absent is an empty list. */
  readonly repeated?: boolean
  /** The only values allowed, compared after typing. */
  readonly choices?: readonly unknown[]
  /** The name in the result, where it differs from that in the request. */
  readonly dest?: string
}

/** Options of an {@link ArgumentHandler}. */
export interface ArgumentHandlerOptions {
  /** What happens to arguments that nobody added. Default `ignore`. */
  readonly unrecognized?: 'ignore' | 'refuse'
}

type TypedValue<Spec> = Spec extends { readonly choices: readonly (infer Choice)[] }
  ? Choice
  : Spec extends { readonly type: (...parameters: never[]) => infer Value }
    ? Value
    : string

/** The type of one parsed argument. */
export type ArgumentValue<Spec> = Spec extends { readonly repeated: true }
  ? TypedValue<Spec>[]
  : Spec extends { readonly default: infer Default }
    ? TypedValue<Spec> | Widened<Default>
    : Spec extends { readonly required: false }
      ? TypedValue<Spec> | undefined
      : TypedValue<Spec>

// `default: 0` must not make the type of a number `number | 0`, nor `default: []` one of `never[]`.
type Widened<Value> = Value extends number
  ? number
  : Value extends boolean
    ? boolean
    : Value extends readonly []
      ? never
      : Value

/** The name of one parsed argument. */
export type Destination<Name extends string, Spec> = Spec extends { readonly dest: infer Dest extends string }
  ? Dest
  : Name
