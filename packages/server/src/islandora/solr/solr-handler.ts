import type { UseCases } from '@hexapla/repository'
import { IslandoraHandler } from '../http/islandora-handler.ts'
import type { Namespaces } from '../http/open-namespaces.ts'
import { recordQuery } from './record-query.ts'
import { refuseParameters } from './refuse-parameters.ts'
import { solrDocument } from './solr-document.ts'
import { solrParameters } from './solr-parameters.ts'

export interface SolrDeps {
  readonly query: UseCases['objects']['search']
  /** See `IslandoraConfig`. */
  readonly namespaces: Namespaces
}

/** `solr/{query}` (document 004, "Search For Objects"). */
export class SolrHandler extends IslandoraHandler<SolrDeps> {
  override async get(): Promise<unknown> {
    const began = performance.now()
    const parameters = solrParameters(this.request)
    refuseParameters(parameters)
    const { query, namespaces } = this.deps
    const found = await query(this.actor, { ...recordQuery(parameters), namespaces })
    return solrDocument(parameters, found, Math.round(performance.now() - began))
  }
}
