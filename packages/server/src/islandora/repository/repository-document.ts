import { holds, PERMISSIONS, type Actor, type UseCases } from '@hexapla/repository'
import type { Namespaces } from '../http/open-namespaces.ts'

type Counts = Awaited<ReturnType<UseCases['objects']['count']>>

/** What is told of the repository as a whole. */
export interface RepositoryFacts {
  /** Absolute address of the server, without a slash at its end. */
  readonly server: string
  readonly name: string
  readonly version: string
  /** The namespace that new objects have without another one. */
  readonly pidNamespace: string
  readonly namespaces: Namespaces
  readonly counts: Counts
  readonly actor: Actor
  /** Whom the actor is known as; null for a visitor. */
  readonly user: string | null
}

/** The repository as a whole: "Add describe json end-point for the repository" of document 004's to-do list. */
export function repositoryDocument(facts: RepositoryFacts) {
  const { actor, counts, namespaces } = facts
  return {
    name: facts.name,
    versions: { rest: 'v1', hexapla: facts.version },
    namespaces: { default: facts.pidNamespace, restrictedTo: namespaces },
    objects: {
      communities: countOf(counts.communities),
      collections: countOf(counts.collections),
      items: countOf(counts.items),
    },
    user: { name: facts.user, permissions: PERMISSIONS.filter((permission) => holds(actor, permission)) },
    links: linksOf(facts.server),
  }
}

function countOf({ count, isExact }: Counts['items']) {
  return { count, exact: isExact }
}

/** Every address of the dialect, as a template (RFC 6570). */
function linksOf(server: string) {
  const root = `${server}/islandora/rest/v1`
  const object = `${root}/object/{pid}`
  return {
    self: `${root}/`,
    objects: `${root}/object`,
    object,
    relationships: `${object}/relationship{?predicate,uri,object,literal}`,
    datastreams: `${object}/datastream`,
    datastream: `${object}/datastream/{dsid}{?content,version}`,
    solr: `${root}/solr/{query}`,
    permissions: `${root}/permission`,
    login: `${server}/user/login`,
    openapi: `${server}/islandora/openapi.json`,
  }
}
