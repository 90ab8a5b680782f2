import { SpecificationError } from './specification-error.ts'

/** A JSON object of a document. */
export type Node = Readonly<Record<string, unknown>>

/** A value of a document, and where it stands there. */
export interface Place {
  readonly root: Node
  readonly value: unknown
  /** JSON pointer (RFC 6901) in the form of a URI fragment, without `#`. */
  readonly pointer: string
}

/** A whole document. */
export function placeOf(root: Node): Place {
  return { root, value: root, pointer: '' }
}

/** The members of what a place holds or refers to; none of anything but objects and arrays. */
export function entriesAt(place: Place): [name: string, member: Place][] {
  return Object.keys(nodeAt(place)).map((name) => [name, at(place, name)])
}

/**
 * A member of what a place holds or refers to; its value is `undefined` when there is none. It may be a reference itself:
 * in a schema, other keywords beside it count (JSON Schema 2020-12 section 8.2.3.1).
 */
export function at(place: Place, ...names: readonly string[]): Place {
  return names.reduce((parent, name) => member(resolve(parent), name), place)
}

/** What a place holds or refers to, as an object; empty when that is anything else. */
export function nodeAt(place: Place): Node {
  return objectOf(resolve(place).value)
}

/**
 * Follows references within the document; others are never fetched.
 *
 * @throws SpecificationError `specification-invalid` for a reference that leads elsewhere, nowhere or in a circle.
 */
export function resolve(place: Place): Place {
  const seen = new Set<string>()
  let found = place
  for (let reference = referenceOf(found); reference !== undefined; reference = referenceOf(found)) {
    if (!reference.startsWith('#/') || seen.has(reference)) throw unresolved(reference, found.pointer)
    seen.add(reference)
    found = reference
      .slice('#/'.length)
      .split('/')
      .map((token) => decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce(member, placeOf(place.root))
    if (found.value === undefined) throw unresolved(reference, place.pointer)
  }
  return found
}

function member({ root, value, pointer }: Place, name: string): Place {
  const object = objectOf(value)
  const token = encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))
  return {
    root,
    value: Object.hasOwn(object, name) ? object[name] : undefined,
    pointer: `${pointer}/${token}`,
  }
}

function referenceOf({ value }: Place): string | undefined {
  const reference = objectOf(value)['$ref']
  return typeof reference === 'string' ? reference : undefined
}

/** A value as an object; an empty one in place of anything else. */
export function objectOf(value: unknown): Node {
  return typeof value === 'object' && value !== null ? (value as Node) : {}
}

function unresolved(reference: string, pointer: string): SpecificationError {
  return new SpecificationError(
    'specification-invalid',
    `the reference ${reference} at ${pointer} leads nowhere`,
    { faults: [{ name: pointer, message: `${reference} leads nowhere` }] },
  )
}
