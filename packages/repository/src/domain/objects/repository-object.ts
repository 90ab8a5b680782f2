import type { Guarded } from '../access/guarded.ts'
import type { Collection, Community, Item } from '../records/record.ts'
import type { Triple } from '../triples/triple.ts'

/** A record that has a pid, with what Islandora tells of it beside it. */
export interface RepositoryObject {
  readonly record: Community | Collection | Item
  /** What was said of its owner, where that is nobody known here. */
  readonly ownerName: string | null
  /** Who brought it. */
  readonly submitter: Submitter | null
  /** Pids of its content models, as they were given. */
  readonly givenModels: readonly string[]
  /** What it is in: of an item the owning collection and then those it is mapped into, else the community above. */
  readonly parents: readonly Guarded<ParentObject>[]
  /** What else is said of it, in the order in which it came. */
  readonly statements: readonly Triple[]
}

/** A community or collection that an object is in. */
export interface ParentObject {
  readonly id: string
  readonly pid: string
}

/** The person who brought a record, by names. */
export interface Submitter {
  readonly id: string
  /** What the person signs in with: netid, or else the e-mail address. */
  readonly login: string
  /** First and last name, as far as they are known. */
  readonly fullName: string
}

/** The model that makes an object a collection. */
export const COLLECTION_MODEL = 'islandora:collectionCModel'
/** The model that makes it a community. */
export const COMMUNITY_MODEL = 'hexapla:communityCModel'
/** The models that records of a kind have by being of that kind. */
export const KIND_MODELS: Readonly<Record<RepositoryObject['record']['kind'], readonly string[]>> = {
  community: [COLLECTION_MODEL, COMMUNITY_MODEL],
  collection: [COLLECTION_MODEL],
  item: [],
}

/** The pid of the community that collections lie in which name no other. */
export const DEFAULT_COMMUNITY = 'islandora:root'

/** The content models of an object: those of its kind, and those given. */
export function modelsOf({ record, givenModels }: RepositoryObject): readonly string[] {
  return [...new Set([...KIND_MODELS[record.kind], ...givenModels])]
}
