import type { UseCases } from '@hexapla/repository'
import type { ResourceDescription } from '@hexapla/rest'
import { PeleHandler } from '../http/pele-handler.ts'
import { datasetDocument } from './dataset-document.ts'
import { resultDescription } from './descriptions.ts'

/** The fields of the original's model; others are told where they are asked for by name. */
const MODEL = [
  'browse_urls',
  'urls',
  'version',
  'objectid',
  'continent',
  'center',
  'location',
  'label',
  'dataset',
  'ipath',
  'dataset_level',
  'dataset_type',
  'starttime',
  'endtime',
  'temporal_span',
  'images',
  'system_version',
  'id',
  'metadata',
]

export interface DatasetDeps extends Pick<UseCases['datasets'], 'read'> {
  readonly publicUrl: () => string
}

/** `/dataset/{dataset}`: all of it, or null where there is none. */
export class DatasetHandler extends PeleHandler<DatasetDeps> {
  static readonly api: ResourceDescription = resultDescription('Get metadata by dataset ID.')

  override async get(): Promise<unknown> {
    const dataset = await this.deps.read(this.actor, this.request.param('dataset'))
    if (dataset === undefined) return { success: true, message: null, result: null }
    const document = datasetDocument(dataset, this.deps.publicUrl())
    const told = MODEL.map((name) => [name, document[name]] as const).filter(
      ([, value]) => (value ?? null) !== null,
    )
    return { success: true, message: null, result: Object.fromEntries(told) }
  }
}
