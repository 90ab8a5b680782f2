import type { ArgumentSource, ArgumentType } from './argument-type.ts'

/** What a source gives an argument type to read. */
export type RawArgument<Source extends ArgumentSource> = Source extends 'json' ? unknown : string

/**
 * How many values an argument takes. A number: that many, as a tuple. `*`: any number, `+`: at least one, as an array.
 * `?`: one, or an empty one for which `const` stands (`?verbose`; `null` in JSON). Several values are a key given
 * several times, or an array in JSON.
 */
export type Nargs = number | '?' | '*' | '+'

interface ArgumentForm<Raw> {
  /** Default: a string, or in a JSON body the value as it is. */
  readonly type?: ArgumentType<unknown, Raw>
  /** The only values allowed, compared after typing; JSON values by what is in them. */
  readonly choices?: readonly unknown[]
  /** The name in the result, where it differs from that in the request. */
  readonly dest?: string
}

type ArgumentCount =
  | { readonly nargs?: Nargs; readonly const?: never }
  | {
      readonly nargs: '?'
      /** The value of an argument that is given without one. */
      readonly const: unknown
    }

type ArgumentPresence =
  | { readonly required?: true; readonly default?: never }
  | {
      readonly required?: false
      /** Taken as it is when the argument is absent; arrays are copied. */
      readonly default: unknown
    }

/** How one argument is read. It is required, unless there is a `default`. */
export type ArgumentSpec<Raw = unknown> = ArgumentForm<Raw> & ArgumentCount & ArgumentPresence

/** Options of an {@link ArgumentHandler}. */
export interface ArgumentHandlerOptions {
  /** What happens to arguments that nobody added. Default `refuse`. */
  readonly unrecognized?: 'ignore' | 'refuse'
}

/** The type of one parsed argument. */
export type ArgumentValue<Spec, Source extends ArgumentSource> = Spec extends {
  readonly default: infer Default
}
  ? GivenValue<Spec, Source> | DefaultValue<Default, GivenValue<Spec, Source>>
  : GivenValue<Spec, Source>

type GivenValue<Spec, Source extends ArgumentSource> = Spec extends { readonly nargs: infer Count }
  ? Counted<TypedValue<Spec, Source>, Count, Spec>
  : TypedValue<Spec, Source>

type TypedValue<Spec, Source extends ArgumentSource> = Spec extends {
  readonly choices: readonly (infer Choice)[]
}
  ? Choice
  : Spec extends { readonly type: (...parameters: never[]) => infer Value }
    ? Value
    : RawArgument<Source>

type Counted<Value, Count, Spec> = Count extends '?'
  ? Value | (Spec extends { readonly const: infer Constant } ? Widened<Constant> : never)
  : Count extends '+'
    ? [Value, ...Value[]]
    : Count extends number
      ? Tuple<Value, Count>
      : Value[]

type Tuple<Value, Count extends number, Start extends Value[] = []> = number extends Count
  ? Value[]
  : Start['length'] extends Count
    ? Start
    : Tuple<Value, Count, [...Start, Value]>

// `default: []` must not make the type of a list `string[] | never[]`.
type DefaultValue<Default, Given> = Default extends Readonly<Given> ? never : Widened<Default>

type Widened<Value> = Value extends number ? number : Value extends boolean ? boolean : Value

/** The name of one parsed argument. */
export type Destination<Name extends string, Spec> = Spec extends { readonly dest: infer Dest extends string }
  ? Dest
  : Name
