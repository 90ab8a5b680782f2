import type { DatasetQuery, UseCases } from '@hexapla/repository'
import type { ResourceDescription } from '@hexapla/rest'
import { PeleHandler } from '../http/pele-handler.ts'
import { queryDescription } from './descriptions.ts'
import { listAnswer } from './list-answer.ts'
import { readBodyConditions, readConditions } from './read-conditions.ts'
import { readPaging, toDatasetPaging } from './read-paging.ts'

/** `/dataset/{dataset}/dataset_ids` and `/type/{type}/dataset_ids`. */
export class IdsHandler extends PeleHandler<Pick<UseCases['datasets'], 'findIds'>> {
  static readonly api: ResourceDescription = queryDescription(
    'Get all dataset IDs by dataset name or type.',
    'dataset_ids',
  )

  override get(): Promise<unknown> {
    return this.#answer(readConditions(this.request))
  }

  override async post(): Promise<unknown> {
    return this.#answer(readBodyConditions(this.request, await this.jsonArguments()))
  }

  async #answer(conditions: DatasetQuery): Promise<unknown> {
    const { dataset, type } = this.request.params
    const paging = readPaging(this.request)
    const query = {
      ...conditions,
      ...(dataset !== undefined && { name: dataset }),
      ...(type !== undefined && { type }),
    }
    const found = await this.deps.findIds(this.actor, query, toDatasetPaging(paging))
    return listAnswer('dataset_ids', found.datasets, { ...found, paging })
  }
}
