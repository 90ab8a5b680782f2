import { HttpError, type FieldFault } from '../http-error.ts'
import type { RestRequest } from '../request.ts'
import type { ArgumentSource, ArgumentType } from './argument-type.ts'
import { parseArguments } from './parse-arguments.ts'
import { string } from './types.ts'

export type { ArgumentSource } from './argument-type.ts'

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

type Destination<Name extends string, Spec> = Spec extends { readonly dest: infer Dest extends string }
  ? Dest
  : Name

type Parsed<Arguments> = { readonly [Name in keyof Arguments]: Arguments[Name] }

/**
 * Reads the arguments of a request, in the manner of argparse; the type of the result follows from what was added.
 * A handler is a value: `add` returns a new one, so that it is made once and shared.
 *
 * @example
 * const listing = new ArgumentHandler('query')
 *   .add('page', { type: integer({ min: 0 }), default: 0 })
 *   .add('embed', { repeated: true })
 * const { page, embed } = listing.parseQuery(this.request)   // number, string[]
 */
export class ArgumentHandler<Source extends ArgumentSource, Arguments extends object = object> {
  readonly source: Source
  readonly #options: ArgumentHandlerOptions
  readonly #specs: ReadonlyMap<string, ArgumentSpec>

  constructor(
    source: Source,
    options: ArgumentHandlerOptions = {},
    specs: ReadonlyMap<string, ArgumentSpec> = new Map(),
  ) {
    this.source = source
    this.#options = options
    this.#specs = specs
  }

  /** A handler with one argument more; `name` is the name in the request. */
  add<const Name extends string, const Spec extends ArgumentSpec<RawArgument<Source>>>(
    name: Name,
    spec: Spec,
  ): ArgumentHandler<Source, Arguments & Record<Destination<Name, Spec>, ArgumentValue<Spec>>> {
    if (this.#specs.has(name)) throw new Error(`the argument ${name} was added before`)
    // The raw value of a query or form is always a string: parseArguments gives a type nothing else.
    const known = { type: string(), ...spec } as ArgumentSpec
    return new ArgumentHandler(this.source, this.#options, new Map([...this.#specs, [name, known]]))
  }

  /**
   * The arguments of the query, at once.
   *
   * @throws HttpError 400 `invalid-arguments` with every fault in `fields`.
   */
  parseQuery(this: ArgumentHandler<'query', Arguments>, request: RestRequest): Parsed<Arguments> {
    return this.#read(entriesOf(request.query))
  }

  /**
   * The arguments, from wherever they come.
   *
   * @throws HttpError 400 `invalid-arguments` with every fault in `fields`; and those of `request.json()` or `form()`.
   */
  async parse(request: RestRequest): Promise<Parsed<Arguments>> {
    if (this.source === 'query') return this.#read(entriesOf(request.query))
    if (this.source === 'form') return this.#read(entriesOf(await request.form()))
    const body = await request.json()
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new HttpError(400, 'invalid-arguments', 'the body must be a JSON object')
    }
    return this.#read(new Map(Object.entries(body)))
  }

  #read(given: ReadonlyMap<string, unknown>): Parsed<Arguments> {
    const faults: FieldFault[] = []
    const refuse = this.#options.unrecognized === 'refuse'
    const values = parseArguments(given, this.#specs, { source: this.source, refuseUnknown: refuse }, faults)
    if (faults.length > 0) {
      const names = faults.map(({ name, message }) => `${name} ${message}`).join('; ')
      throw new HttpError(400, 'invalid-arguments', names, { fields: faults })
    }
    // Every key of Arguments was added together with the spec that its value was read by.
    return values as Parsed<Arguments>
  }
}

/** Keys with the list of their values: a repeated key is told from one value by `parseArguments`. */
function entriesOf(search: URLSearchParams): ReadonlyMap<string, unknown> {
  const entries = new Map<string, string[]>()
  for (const [name, value] of search) {
    const values = entries.get(name)
    if (values === undefined) entries.set(name, [value])
    else values.push(value)
  }
  return entries
}
