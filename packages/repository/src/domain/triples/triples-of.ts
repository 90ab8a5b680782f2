import { modelsOf, type ParentObject, type RepositoryObject } from '../objects/repository-object.ts'
import { uriOfPid } from './pid-uri.ts'
import { MODEL_NAMESPACE, RELATIONS_NAMESPACE, type Triple } from './triple.ts'

/**
 * The triples of an object: its models, what it is in with the owning collection first, and what else is said of it.
 *
 * @param parents those of the object's parents that are told
 */
export function triplesOf(object: RepositoryObject, parents: readonly ParentObject[]): Triple[] {
  return [
    ...modelsOf(object).map(modelTriple),
    ...parents.map(({ pid }) => membershipTriple(pid)),
    ...object.statements,
  ]
}

/** That an object has a content model. */
export function modelTriple(pid: string): Triple {
  return about(MODEL_NAMESPACE, 'hasModel', pid)
}

/** That an object is in a collection or community. */
export function membershipTriple(pid: string): Triple {
  return about(RELATIONS_NAMESPACE, 'isMemberOfCollection', pid)
}

function about(namespace: string, predicate: string, pid: string): Triple {
  return { namespace, predicate, object: uriOfPid(pid), literal: false, datatype: null, language: null }
}
