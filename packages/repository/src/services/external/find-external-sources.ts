import type { Actor } from '../../domain/access/actor.ts'
import { grantsOf } from '../../domain/access/grants.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { DomainError, notFound } from '../../domain/errors.ts'
import type { ExternalSource } from '../../domain/external/external-source.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { EntityType } from '../../domain/relationships/relationship.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireSignedIn } from '../access/require-allowed.ts'

/** What finding sources needs. */
export interface ExternalDeps {
  readonly externalSources: readonly ExternalSource[]
}

/**
 * The external sources, for people who have signed in (RestContract external-authority-sources.md).
 *
 * @param query.entityType only those that have entries of this type, by its label
 * @throws DomainError `NOT_SIGNED_IN`, `SORT_UNKNOWN`: they have one order
 */
export function listExternalSources({ externalSources }: ExternalDeps) {
  return (actor: Actor, query: { readonly entityType?: string }, page: PageRequest): Page<ExternalSource> => {
    requireSignedIn(actor)
    if (page.sort !== undefined && page.sort.by !== 'id') {
      throw new DomainError('SORT_UNKNOWN', `External sources cannot be sorted by ${page.sort.by}`)
    }
    const { entityType } = query
    const found = externalSources.filter(
      ({ entityTypes }) => entityType === undefined || entityTypes.includes(entityType),
    )
    const ordered = page.sort?.direction === 'desc' ? found.toReversed() : found
    const { number, size } = page
    return {
      elements: ordered.slice(number * size, (number + 1) * size),
      number,
      size,
      total: found.length,
    }
  }
}

/**
 * One external source, for people who have signed in.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_FOUND`
 */
export function readExternalSource({ externalSources }: ExternalDeps) {
  return (actor: Actor, id: string): ExternalSource => {
    requireSignedIn(actor)
    const found = externalSources.find((source) => source.id === id)
    if (found === undefined) throw notFound('external source', id)
    return found
  }
}

/**
 * The entity types that the entries of a source are of, as far as the repository has them.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_FOUND`, `SORT_UNKNOWN`
 */
export function listTypesOfExternalSource(deps: ExternalDeps & { reading: Pick<Reading, 'entityModel'> }) {
  return async (actor: Actor, id: string, page: PageRequest): Promise<Page<EntityType>> => {
    const { entityTypes } = readExternalSource(deps)(actor, id)
    return deps.reading.entityModel.listEntityTypes({ labels: entityTypes }, page)
  }
}

/**
 * The entity types that some external source has, and for which there is a collection that the actor may submit to
 * (RestContract entitytypes.md, "findAllByAuthorizedExternalSource").
 *
 * @throws DomainError `SORT_UNKNOWN`
 */
export function listImportableEntityTypes(
  deps: ExternalDeps & { reading: Pick<Reading, 'entityModel'>; clock: Clock },
) {
  return (actor: Actor, page: PageRequest): Promise<Page<EntityType>> => {
    const labels = [...new Set(deps.externalSources.flatMap(({ entityTypes }) => entityTypes))]
    const submitTo = grantsOf(actor, 'ADD', dayOf(deps.clock()))
    return deps.reading.entityModel.listEntityTypes({ submitTo, labels }, page)
  }
}
