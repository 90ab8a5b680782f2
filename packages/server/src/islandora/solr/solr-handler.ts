import type { UseCases } from '@hexapla/repository'
import { IslandoraHandler } from '../http/islandora-handler.ts'
import { recordQuery } from './record-query.ts'
import { solrDocument } from './solr-document.ts'
import { solrParameters } from './solr-parameters.ts'

export interface SolrDeps {
  readonly query: UseCases['objects']['search']
}

/** `solr/{query}` (document 004, "Search For Objects"). */
export class SolrHandler extends IslandoraHandler<SolrDeps> {
  override async get(): Promise<unknown> {
    const began = performance.now()
    const parameters = solrParameters(this.request)
    const found = await this.deps.query(this.actor, recordQuery(parameters))
    return solrDocument(parameters, found, Math.round(performance.now() - began))
  }
}
