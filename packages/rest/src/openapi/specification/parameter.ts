import type { FieldFault } from '../../http-error.ts'
import type { RestRequest } from '../../request.ts'
import {
  decodePercent,
  queryPairs,
  readQuery,
  readText,
  type ParameterStyle,
  type QueryPair,
} from './parameter-style.ts'
import { at, entriesAt, nodeAt, type Place } from './place.ts'
import type { CheckValue } from './schema-compiler.ts'
import { shapeOf } from './value-types.ts'

/** Where a parameter stands. */
export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie'

/** One parameter of an operation, ready to be read. */
export interface Parameter extends ParameterStyle {
  readonly in: ParameterPlace
  readonly required: boolean
  /** Its value is a JSON text. */
  readonly isJson: boolean
  readonly check: CheckValue
}

/** What parameters are read from. */
export interface ParameterSource {
  readonly request: RestRequest
  /** The parts of the path that the template names, as sent. */
  readonly pathValues: ReadonlyMap<string, string>
  readonly pairs: readonly QueryPair[]
}

const defaultStyles: Readonly<Record<ParameterPlace, string>> = {
  path: 'simple',
  query: 'form',
  header: 'simple',
  cookie: 'form',
}
/** Described elsewhere in a document; as parameters they say nothing (OpenAPI 3.1 section 4.8.12.2.1). */
const ownedHeaders = new Set(['accept', 'content-type', 'authorization'])

/** The parameters of an operation: its own, and those of its path that it does not replace. */
export function parametersOf(
  pathItem: Place,
  operation: Place,
  compile: (schema: Place) => CheckValue,
): Parameter[] {
  const parameters = [pathItem, operation]
    .flatMap((place) => entriesAt(at(place, 'parameters')))
    .map(([, place]) => prepare(place, compile))
  const byKey = new Map(parameters.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter]))
  return [...byKey.values()].filter(
    (parameter) => parameter.in !== 'header' || !ownedHeaders.has(parameter.name),
  )
}

/** What a request is read from, for its parameters. */
export function parameterSource(
  request: RestRequest,
  pathValues: ReadonlyMap<string, string>,
): ParameterSource {
  return { request, pathValues, pairs: queryPairs(request.url) }
}

/** The value of a parameter and what is wrong with it; `undefined` when it is not there. */
export function readParameter(
  parameter: Parameter,
  source: ParameterSource,
): { readonly value: unknown; readonly faults: readonly FieldFault[] } {
  const { name } = parameter
  const value = readRaw(parameter, source)
  if (value === undefined) {
    return { value, faults: parameter.required ? [{ name, message: 'is required' }] : [] }
  }
  const faults = parameter.check(value).map((fault) => ({ ...fault, name: name + fault.name }))
  return { value, faults }
}

function prepare(place: Place, compile: (schema: Place) => CheckValue): Parameter {
  const node = nodeAt(place)
  const where = node['in'] as ParameterPlace
  const [content] = entriesAt(at(place, 'content'))
  const schema = content === undefined ? at(place, 'schema') : at(content[1], 'schema')
  const style = typeof node['style'] === 'string' ? node['style'] : defaultStyles[where]
  const { explode } = node
  return {
    // The names of headers have no case.
    name: where === 'header' ? String(node['name']).toLowerCase() : String(node['name']),
    in: where,
    required: node['required'] === true,
    isJson: content !== undefined,
    style,
    explode: typeof explode === 'boolean' ? explode : style === 'form',
    shape: shapeOf(schema),
    check: schema.value === undefined ? () => [] : compile(schema),
  }
}

function readRaw(parameter: Parameter, source: ParameterSource): unknown {
  if (parameter.in === 'query' && !parameter.isJson) return readQuery(source.pairs, parameter)
  const text = textOf(parameter, source)
  if (text === undefined) return undefined
  if (parameter.isJson) return jsonOf(parameter.in === 'path' ? decodePercent(text) : text)
  // An exploded list of cookies would be several cookies of one name, which nobody can send.
  const read = parameter.in === 'cookie' ? { ...parameter, explode: false } : parameter
  return readText(text, read, parameter.in === 'path' ? decodePercent : (piece) => piece)
}

function textOf({ in: where, name }: Parameter, source: ParameterSource): string | undefined {
  switch (where) {
    case 'path':
      return source.pathValues.get(name)
    case 'header':
      return source.request.header(name)
    case 'cookie':
      return source.request.cookies[name]
    case 'query':
      return source.request.query.get(name) ?? undefined
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    // No JSON: as a text it is refused by the schema, which wants something else.
    return text
  }
}
