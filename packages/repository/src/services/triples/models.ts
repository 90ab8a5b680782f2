import { conflict } from '../../domain/errors.ts'
import {
  COLLECTION_MODEL,
  COMMUNITY_MODEL,
  DEFAULT_COMMUNITY,
  KIND_MODELS,
  type RepositoryObject,
} from '../../domain/objects/repository-object.ts'
import type { PidChange } from './triple-change.ts'

type Kind = RepositoryObject['record']['kind']

/**
 * What kind of record an object is to be by its models.
 *
 * @throws DomainError `CONFLICT` when the model goes that makes it what it is
 */
export function kindByModels({ record }: RepositoryObject, { added, removed }: PidChange): Kind {
  const lost = removed.find((model) => KIND_MODELS[record.kind].includes(model))
  if (lost !== undefined) throw conflict(`A ${record.kind} keeps the model ${lost}`, 'object')
  if (record.kind === 'community' || added.includes(COMMUNITY_MODEL)) return 'community'
  if (record.kind === 'collection' || !added.includes(COLLECTION_MODEL)) return record.kind
  // Islandora's root is a collection of collections.
  return record.pid === DEFAULT_COMMUNITY ? 'community' : 'collection'
}

/** The models that are kept of an object beside those of its kind. */
export function modelsAfter(
  { givenModels }: RepositoryObject,
  { added, removed }: PidChange,
): readonly string[] {
  const kept = givenModels.filter((model) => !removed.includes(model))
  return [...new Set([...kept, ...added])].filter((model) => !KIND_MODELS.community.includes(model))
}
