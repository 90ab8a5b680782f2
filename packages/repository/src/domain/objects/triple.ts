import { invalid } from '../errors.ts'
import { modelsOf, type RepositoryObject } from './repository-object.ts'

/** Of `hasModel`. */
export const MODEL_NAMESPACE = 'info:fedora/fedora-system:def/model#'
/** Of `isMemberOfCollection`. */
export const RELATIONS_NAMESPACE = 'info:fedora/fedora-system:def/relations-external#'

/** What an object is said to be, or to be in: a predicate, and the pid of another object. */
export interface Triple {
  readonly namespace: string
  readonly predicate: string
  readonly object: string
}

/** Which triples are meant; what is absent does not matter. */
export type TripleFilter = Partial<Triple>

/** The two kinds of triples that there are. */
export type TripleKind = 'model' | 'membership'

/**
 * What a triple says.
 *
 * @throws DomainError `INVALID` with `field: 'predicate'` for another one than `hasModel` and `isMemberOfCollection`
 */
export function kindOf({ namespace, predicate }: Pick<Triple, 'namespace' | 'predicate'>): TripleKind {
  if (namespace === MODEL_NAMESPACE && predicate === 'hasModel') return 'model'
  if (namespace === RELATIONS_NAMESPACE && predicate === 'isMemberOfCollection') return 'membership'
  throw invalid(`Relationships ${namespace}${predicate} are not kept here`, 'predicate')
}

/** The triples of an object: its models, and what it is in, the owning collection first. */
export function triplesOf(object: RepositoryObject, parents: readonly { readonly pid: string }[]): Triple[] {
  return [
    ...modelsOf(object).map((model) => modelTriple(model)),
    ...parents.map(({ pid }) => ({
      namespace: RELATIONS_NAMESPACE,
      predicate: 'isMemberOfCollection',
      object: pid,
    })),
  ]
}

function modelTriple(object: string): Triple {
  return { namespace: MODEL_NAMESPACE, predicate: 'hasModel', object }
}

/** Whether a triple is among those meant. */
export function isMeant(triple: Triple, { namespace, predicate, object }: TripleFilter): boolean {
  return (
    (namespace === undefined || triple.namespace === namespace) &&
    (predicate === undefined || triple.predicate === predicate) &&
    (object === undefined || triple.object === object)
  )
}
