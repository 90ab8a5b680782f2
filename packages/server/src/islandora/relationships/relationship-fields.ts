import { uriOfObject, XSD, type Triple, type TripleFilter } from '@hexapla/repository'
import { booleanField, choiceField, invalidField, textField, type Fields } from '../http/fields.ts'
import { homeOf } from './namespaces.ts'

/** What the object of a new relationship is called by clients: `none` is a text without a type. */
const TYPES = ['uri', 'string', 'int', 'date', 'none'] as const

/**
 * A new relationship (document 004, "Add A New Relationship"), as the document has it with `literal` and `datatype`, or with
 * `type` as clients send it.
 *
 * @throws HttpError 400 `field-invalid`
 */
export function newTriple(fields: Fields): Triple {
  if (textField(fields, 'uri') === '') throw invalidField('uri', 'must not be empty')
  const predicate = given(fields, 'predicate')
  if (predicate === undefined) throw invalidField('predicate', 'is required')
  const namespace = given(fields, 'uri') ?? homeOf(predicate)
  const text = given(fields, 'object')
  if (text === undefined) throw invalidField('object', 'is required')
  const type = given(fields, 'type') === undefined ? undefined : choiceField(fields, 'type', TYPES)
  const isLiteral = literalField(fields) ?? (type !== undefined && type !== 'uri')
  if (type !== undefined && isLiteral !== (type !== 'uri')) {
    throw invalidField('literal', `does not go together with the type ${type}`)
  }
  const datatype = datatypeOf(fields) ?? typeOf(type, text)
  if (datatype !== null && !isLiteral) throw invalidField('datatype', 'is for literals')
  const object = isLiteral ? text : uriOfObject(text)
  return { namespace, predicate, object, literal: isLiteral, datatype, language: null }
}

/**
 * Which relationships are meant. A predicate alone is meant in every namespace, and `literal` says what `object` is: without
 * an object, as islandora7-rest always sends it, only its being true limits anything.
 *
 * @throws HttpError 400 `field-invalid`
 */
export function tripleFilter(fields: Fields): TripleFilter {
  const [namespace, predicate, text] = ['uri', 'predicate', 'object'].map((name) => given(fields, name))
  const isLiteral = literalField(fields) ?? false
  return {
    ...(namespace !== undefined && { namespace }),
    ...(predicate !== undefined && { predicate }),
    ...(text !== undefined && { object: isLiteral ? text : uriOfObject(text) }),
    ...((text !== undefined || isLiteral) && { literal: isLiteral }),
  }
}

/** The datatype that is given: a URI, or the name of one of XML Schema's, as `int` or `xsd:int`. */
function datatypeOf(fields: Fields): string | null {
  const text = given(fields, 'datatype')
  if (text === undefined) return null
  const name = /^(?:xsd?:)?([A-Za-z]+)$/.exec(text)?.[1]
  return name === undefined ? text : XSD + name
}

/** The datatype that a type stands for; a day has no time. */
function typeOf(type: (typeof TYPES)[number] | undefined, text: string): string | null {
  if (type === undefined || type === 'uri' || type === 'none') return null
  if (type === 'date') return XSD + (text.includes('T') ? 'dateTime' : 'date')
  return XSD + type
}

/** An empty field of a form is one that nobody has filled in. */
function given(fields: Fields, name: string): string | undefined {
  const text = textField(fields, name)
  return text === '' ? undefined : text
}

function literalField(fields: Fields): boolean | undefined {
  return fields.get('literal') === '' ? undefined : booleanField(fields, 'literal')
}
