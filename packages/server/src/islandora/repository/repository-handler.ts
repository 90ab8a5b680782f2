import type { UseCases } from '@hexapla/repository'
import type { Namespaces } from '../http/open-namespaces.ts'
import { IslandoraHandler } from '../http/islandora-handler.ts'
import { repositoryDocument } from './repository-document.ts'

export interface RepositoryDeps {
  readonly count: UseCases['objects']['count']
  readonly readPerson: UseCases['people']['read']
  readonly publicUrl: () => string
  readonly site: { readonly name: string; readonly version: string; readonly pidNamespace: string }
  readonly namespaces: Namespaces
}

/** The root of the dialect: what repository this is, and what the caller may do with it. */
export class RepositoryHandler extends IslandoraHandler<RepositoryDeps> {
  override async get(): Promise<unknown> {
    const { count, publicUrl, site, namespaces } = this.deps
    const [counts, user] = await Promise.all([count(this.actor, namespaces), this.#user()])
    return repositoryDocument({
      ...site,
      server: publicUrl(),
      namespaces,
      counts,
      actor: this.actor,
      user,
    })
  }

  async #user(): Promise<string | null> {
    const { personId } = this.actor
    if (personId === null) return null
    const { netid, email } = await this.deps.readPerson(this.actor, personId)
    return netid ?? email
  }
}
