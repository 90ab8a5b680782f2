import type { UseCases } from '@hexapla/repository'
import type { ResourceDescription } from '@hexapla/rest'
import { PeleHandler } from '../http/pele-handler.ts'
import { listDescription } from './descriptions.ts'
import { listAnswer } from './list-answer.ts'
import { readPaging } from './read-paging.ts'

type Deps = Pick<UseCases['datasets'], 'listNames' | 'listTypes'>

/** `/types` and `/dataset/{dataset}/types`. */
export class TypesHandler extends PeleHandler<Deps> {
  static readonly api: ResourceDescription = listDescription(
    'Get all type names, or those of a dataset name.',
    'types',
  )

  override async get(): Promise<unknown> {
    const paging = readPaging(this.request)
    const types = await this.deps.listTypes(this.actor, this.request.params['dataset'])
    return pageOf('types', types, paging)
  }
}

/** `/datasets` and `/type/{type}/datasets`. */
export class NamesHandler extends PeleHandler<Deps> {
  static readonly api: ResourceDescription = listDescription(
    'Get all dataset names, or those of a type.',
    'datasets',
  )

  override async get(): Promise<unknown> {
    const paging = readPaging(this.request)
    const names = await this.deps.listNames(this.actor, this.request.params['type'])
    return pageOf('datasets', names, paging)
  }
}

function pageOf(key: 'datasets' | 'types', all: readonly string[], paging: ReturnType<typeof readPaging>) {
  const { offset, pageSize } = paging
  return listAnswer(key, all.slice(offset, offset + pageSize), {
    total: all.length,
    paging: { ...paging, cursor: undefined },
  })
}
