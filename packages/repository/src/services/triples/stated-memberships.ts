import type { RepositoryObject } from '../../domain/objects/repository-object.ts'
import { pidOfUri } from '../../domain/triples/pid-uri.ts'
import { kindOf } from '../../domain/triples/triple.ts'

/** Pids of the communities that an item is said to belong to, without lying there. */
export function statedMemberships({ statements }: Pick<RepositoryObject, 'statements'>): readonly string[] {
  return statements
    .filter((triple) => kindOf(triple) === 'membership')
    .flatMap(({ object }) => pidOfUri(object) ?? [])
}
