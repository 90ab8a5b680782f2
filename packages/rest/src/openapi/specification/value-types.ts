import { at, entriesAt, objectOf, resolve, type Place } from './place.ts'

/** Types of JSON Schema. */
export type TypeNames = ReadonlySet<string>

/** What the text of a parameter may be: its own types, and those of what it is made of. */
export interface ParameterShape {
  readonly types: TypeNames
  readonly items: TypeNames
  readonly properties: ReadonlyMap<string, TypeNames>
  readonly otherProperties: TypeNames
}

/** Looks once at the schema of a parameter. */
export function shapeOf(schema: Place): ParameterShape {
  const parts = partsOf(schema)
  const properties = parts.flatMap((part) => entriesAt(at(part, 'properties')))
  return {
    types: typesOf(schema),
    items: union(parts.map((part) => typesOf(at(part, 'items')))),
    properties: new Map(properties.map(([name, property]) => [name, typesOf(property)])),
    otherProperties: union(parts.map((part) => typesOf(at(part, 'additionalProperties')))),
  }
}

const numeral = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** A text as a value of one of the types; as it is when it is of none, or when texts are wanted. */
export function valueOf(text: string, types: TypeNames): unknown {
  if (types.size === 0 || types.has('string')) return text
  if ((types.has('integer') || types.has('number')) && numeral.test(text)) return Number(text)
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true'
  if (types.has('null') && text === '') return null
  return text
}

function typesOf(schema: Place): TypeNames {
  return union(partsOf(schema).map(ownTypes))
}

function ownTypes(schema: Place): TypeNames {
  const { type, nullable, enum: values, const: constant } = objectOf(schema.value)
  const named = typeof type === 'string' ? [type] : Array.isArray(type) ? (type as string[]) : []
  const listed = constant === undefined ? (Array.isArray(values) ? (values as unknown[]) : []) : [constant]
  const meant = named.length > 0 ? named : listed.map((value) => (value === null ? 'null' : typeof value))
  return new Set(nullable === true ? [...meant, 'null'] : meant)
}

/** A schema and those that stand beside or in place of it, at any depth. */
function partsOf(schema: Place, depth = 0): Place[] {
  // A schema may be part of itself; nobody writes alternatives that deep.
  if (depth > 8) return []
  const { $ref: reference } = objectOf(schema.value)
  // Other references are those of schemas with an address of their own: what they mean is up to the validator.
  const referred = typeof reference === 'string' && reference.startsWith('#/') ? [resolve(schema)] : []
  const own = { ...schema, value: { ...objectOf(schema.value), $ref: undefined } }
  const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) =>
    entriesAt(at(own, keyword)).map(([, part]) => part),
  )
  return [own, ...[...referred, ...parts].flatMap((part) => partsOf(part, depth + 1))]
}

function union(sets: readonly TypeNames[]): TypeNames {
  return new Set(sets.flatMap((set) => [...set]))
}
