import { XSD } from './is-literal-of.ts'

/** Of `hasModel`. */
export const MODEL_NAMESPACE = 'info:fedora/fedora-system:def/model#'
/** Of `isMemberOfCollection`. */
export const RELATIONS_NAMESPACE = 'info:fedora/fedora-system:def/relations-external#'

/** Something said of an object: a predicate, and what is said. */
export interface Triple {
  /** The predicate's URI up to its name. */
  readonly namespace: string
  /** An XML name. */
  readonly predicate: string
  /** A URI, other objects as `info:fedora/PID`; or the text of a literal. */
  readonly object: string
  readonly literal: boolean
  /** The URI of a literal's type; null for a plain one, and where the object is a URI. */
  readonly datatype: string | null
  /** Of a plain literal, where it is known. */
  readonly language: string | null
}

/** Which triples are meant; what is absent does not matter. */
export type TripleFilter = Partial<Pick<Triple, 'namespace' | 'predicate' | 'object' | 'literal'>>

/** What a triple is about: two kinds say what the object is and what it is in, everything else is only told again. */
export type TripleKind = 'model' | 'membership' | 'statement'

/** What a triple says. */
export function kindOf({ namespace, predicate }: Pick<Triple, 'namespace' | 'predicate'>): TripleKind {
  if (namespace === MODEL_NAMESPACE && predicate === 'hasModel') return 'model'
  if (namespace === RELATIONS_NAMESPACE && predicate === 'isMemberOfCollection') return 'membership'
  return 'statement'
}

/** Whether a triple is among those meant. */
export function isMeant(triple: Triple, filter: TripleFilter): boolean {
  return FILTERED.every((name) => filter[name] === undefined || filter[name] === triple[name])
}

const FILTERED = ['namespace', 'predicate', 'object', 'literal'] as const

/** Triples of which none says the same as another one before it or as one of those known. */
export function freshAmong(triples: readonly Triple[], known: readonly Triple[]): readonly Triple[] {
  const seen = new Set(known.map(meaningOf))
  return triples.filter((triple) => {
    const meaning = meaningOf(triple)
    if (seen.has(meaning)) return false
    seen.add(meaning)
    return true
  })
}

/** What is equal where triples say the same. A plain literal is a string (RDF 1.1 Concepts, section 3.3). */
function meaningOf({ namespace, predicate, object, literal, datatype, language }: Triple): string {
  const type = datatype === `${XSD}string` ? null : datatype
  return JSON.stringify([namespace, predicate, object, literal, type, language])
}
