import type { RestRequest } from '../request.ts'
import { prepareArgument, type Argument } from './argument.ts'
import { describeArgument, type ArgumentDescription } from './argument-description.ts'
import { invalidArguments, type ArgumentFault } from './argument-fault.ts'
import type {
  ArgumentHandlerOptions,
  ArgumentSpec,
  ArgumentValue,
  Destination,
  RawArgument,
} from './argument-spec.ts'
import type { ArgumentSource } from './argument-type.ts'
import { readJsonArguments } from './json-arguments.ts'
import { parseArguments, type GivenArguments } from './parse-arguments.ts'

type Parsed<Arguments> = { readonly [Name in keyof Arguments]: Arguments[Name] }

/** How many unrecognized arguments are named: a body could hold a hundred thousand. */
const namedUnrecognized = 50

/**
 * Reads the arguments of a request, in the manner of argparse; the type of the result follows from what was added.
 * A handler is a value: `add` returns a new one, so that it is made once and shared. Arguments that were not added
 * are refused, unless the options say otherwise.
 *
 * @example
 * const listing = new ArgumentHandler('query')
 *   .add('page', { type: integer({ min: 0 }), default: 0 })
 *   .add('embed', { nargs: '*', default: [] })
 * const { page, embed } = listing.parseQuery(this.request)   // number, string[]
 */
export class ArgumentHandler<Source extends ArgumentSource, Arguments extends object = object> {
  readonly source: Source
  /** What happens to arguments that nobody added. */
  readonly unrecognized: 'ignore' | 'refuse'
  readonly #known: ReadonlyMap<string, Argument>

  constructor(
    source: Source,
    options: ArgumentHandlerOptions = {},
    known: ReadonlyMap<string, Argument> = new Map(),
  ) {
    this.source = source
    this.unrecognized = options.unrecognized ?? 'refuse'
    this.#known = known
  }

  /**
   * A handler with one argument more; `name` is the name in the request. Without `spec` it is required, and a string
   * (any value in a JSON body).
   *
   * @throws TypeError when the options contradict each other, or name or `dest` are taken.
   */
  add<const Name extends string>(
    name: Name,
  ): ArgumentHandler<Source, Arguments & Record<Name, RawArgument<Source>>>
  add<const Name extends string, const Spec extends ArgumentSpec<RawArgument<Source>>>(
    name: Name,
    spec: Spec,
  ): ArgumentHandler<Source, Arguments & Record<Destination<Name, Spec>, ArgumentValue<Spec, Source>>>
  add(name: string, spec: ArgumentSpec<RawArgument<Source>> = {}): ArgumentHandler<Source, Arguments> {
    // The raw value of a query or form is always a string: parseArguments gives a type nothing else.
    const added = prepareArgument(name, this.source, spec as ArgumentSpec)
    for (const argument of this.#known.values()) {
      if (argument.name === name) throw new TypeError(`the argument ${name} was added before`)
      if (argument.dest === added.dest)
        throw new TypeError(`two arguments are called ${added.dest} in the result`)
    }
    return new ArgumentHandler(this.source, this, new Map([...this.#known, [name, added]]))
  }

  /** What the arguments are, in the order of their addition: for documents about them. */
  describe(): readonly ArgumentDescription[] {
    return [...this.#known.values()].map(describeArgument)
  }

  /**
   * The arguments of the query, at once.
   *
   * @throws HttpError 400 `invalid-arguments` with every fault in `fields`.
   */
  parseQuery(this: ArgumentHandler<'query', Arguments>, request: RestRequest): Parsed<Arguments> {
    return this.#read(valuesByName(request.query))
  }

  /**
   * The arguments, from wherever they come. A request without a body has no arguments in it.
   *
   * @throws HttpError 400 `invalid-arguments` with every fault in `fields`; and those of `request.json()` or `form()`.
   */
  async parse(request: RestRequest): Promise<Parsed<Arguments>> {
    if (this.source === 'query') return this.#read(valuesByName(request.query))
    if (this.source === 'form') return this.#read(valuesByName(await request.form()))
    return this.#read(new Map(Object.entries(await readJsonArguments(request))))
  }

  #read(given: GivenArguments): Parsed<Arguments> {
    const faults: ArgumentFault[] = []
    const values = parseArguments(given, this.#known, faults)
    if (this.unrecognized === 'refuse') this.#refuseUnrecognized(given, faults)
    if (faults.length > 0) throw invalidArguments(faults)
    // Every key of Arguments was added together with the spec that its value was read by.
    return values as Parsed<Arguments>
  }

  #refuseUnrecognized(given: GivenArguments, faults: ArgumentFault[]): void {
    const most = faults.length + namedUnrecognized
    for (const name of given.keys()) {
      if (!this.#known.has(name) && faults.length < most) faults.push({ kind: 'unrecognized', name })
    }
  }
}

function valuesByName(search: URLSearchParams): ReadonlyMap<string, readonly string[]> {
  const entries = new Map<string, string[]>()
  for (const [name, value] of search) {
    const values = entries.get(name)
    if (values === undefined) entries.set(name, [value])
    else values.push(value)
  }
  return entries
}
