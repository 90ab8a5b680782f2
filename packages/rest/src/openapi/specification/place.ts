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

/** The members of an object or an array; none of anything else. */
export function entriesAt(place: Place): [name: string, member: Place][] {
  return Object.keys(objectOf(place.value)).map((name) => [name, at(place, name)])
}

/** A member, with references followed; its value is `undefined` when there is none. */
export function at(place: Place, ...names: readonly string[]): Place {
  return names.reduce((parent, name) => resolve(member(parent, name)), place)
}

/** A place as an object; empty when it holds anything else. */
export function nodeAt(place: Place, ...names: readonly string[]): Node {
  return objectOf(at(place, ...names).value)
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

function objectOf(value: unknown): Node {
  return typeof value === 'object' && value !== null ? (value as Node) : {}
}

function unresolved(reference: string, pointer: string): SpecificationError {
  return new SpecificationError(
    'specification-invalid',
    `the reference ${reference} at ${pointer} leads nowhere`,
    { faults: [{ name: pointer, message: `${reference} leads nowhere` }] },
  )
}
