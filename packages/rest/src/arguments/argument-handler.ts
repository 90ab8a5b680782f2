import { HttpError, type FieldFault } from '../http-error.ts'
import type { RestRequest } from '../request.ts'
import type {
  ArgumentHandlerOptions,
  ArgumentSpec,
  ArgumentValue,
  Destination,
  RawArgument,
} from './argument-spec.ts'
import type { ArgumentSource } from './argument-type.ts'
import { parseArguments } from './parse-arguments.ts'
import { string } from './types.ts'

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

  /** A handler with one argument more; `name` is the name in the request. Without `spec` it is a required string. */
  add<const Name extends string, const Spec extends ArgumentSpec<RawArgument<Source>>>(
    name: Name,
    spec?: Spec,
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
