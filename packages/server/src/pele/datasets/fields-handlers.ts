import type { Dataset, DatasetList, DatasetQuery, UseCases } from '@hexapla/repository'
import type { ResourceDescription } from '@hexapla/rest'
import { PeleHandler } from '../http/pele-handler.ts'
import { datasetDocument } from './dataset-document.ts'
import { listDescription, queryDescription } from './descriptions.ts'
import { listAnswer } from './list-answer.ts'
import { pickFields } from './pick-fields.ts'
import { readBodyConditions, readConditions } from './read-conditions.ts'
import { readPaging, toDatasetPaging, type Paging } from './read-paging.ts'

/** What fields of datasets are read with. */
export interface FieldsDeps extends Pick<UseCases['datasets'], 'find' | 'findOverlapping'> {
  readonly publicUrl: () => string
}

/** `/type/{type}/dataset/{dataset}/{fields}`, the newest first. */
export class FieldsHandler extends PeleHandler<FieldsDeps> {
  static readonly api: ResourceDescription = queryDescription(
    'Get all dataset results by type name and dataset name.',
    'results',
  )

  override get(): Promise<unknown> {
    return this.#answer(readConditions(this.request))
  }

  override async post(): Promise<unknown> {
    return this.#answer(readBodyConditions(this.request, await this.jsonArguments()))
  }

  async #answer(conditions: DatasetQuery): Promise<unknown> {
    const { request, deps } = this
    const paging = readPaging(request)
    const query = { ...conditions, name: request.param('dataset'), type: request.param('type') }
    const found = await deps.find(this.actor, query, toDatasetPaging(paging))
    return fieldsAnswer(found, { paging, fields: request.param('*'), publicUrl: deps.publicUrl() })
  }
}

/** `/overlaps/{dataset}/{fields}` and `/overlaps/{dataset}/type/{type}/dataset/{name}/{fields}`. */
export class OverlapsHandler extends PeleHandler<FieldsDeps> {
  static readonly api: ResourceDescription = listDescription(
    'Get all dataset results that overlap temporally and spatially with dataset ID.',
    'results',
  )

  override async get(): Promise<unknown> {
    const { request, deps } = this
    const { name, type } = request.params
    const paging = readPaging(request)
    const terms = { ...(name !== undefined && { name }), ...(type !== undefined && { type }) }
    const found = await deps.findOverlapping(
      this.actor,
      request.param('dataset'),
      terms,
      toDatasetPaging(paging),
    )
    return fieldsAnswer(found, { paging, fields: request.param('*'), publicUrl: deps.publicUrl() })
  }
}

function fieldsAnswer(
  { total, datasets, cursor }: DatasetList<Dataset>,
  { paging, fields, publicUrl }: { paging: Paging; fields: string; publicUrl: string },
) {
  const pick = pickFields(fields.split(',').map((field) => field.trim()))
  const documents = datasets.map((dataset) => pick(datasetDocument(dataset, publicUrl)))
  return listAnswer('results', documents, { total, paging, cursor })
}
