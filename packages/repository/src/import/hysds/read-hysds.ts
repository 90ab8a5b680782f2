import { basename, resolve } from 'node:path'
import { isJsonObject, type JsonObject } from '../../domain/patch/json-value.ts'
import { datasetItem } from '../datasets/dataset-item.ts'
import { parseJsonFile } from '../datasets/parse-json-file.ts'
import { ImportError } from '../import-error.ts'
import { faultOf, type ImportFault, type ImportItem } from '../import-item.ts'
import { mapAhead } from '../map-ahead.ts'
import { joinPath, naturalOrder, type FileTree } from '../tree/file-tree.ts'
import { openTree } from '../tree/open-tree.ts'
import { productFiles } from './product-files.ts'

/** What datasets are that do not say it themselves. */
export interface HysdsOptions {
  readonly dataset?: string
  readonly type?: string
}

/** A product's description is a handful of small files: reading several at once hides the waiting for each. */
const AHEAD = 16

/**
 * Reads products of HySDS: a folder a dataset, described by `ID/ID.dataset.json`, with its free metadata in
 * `ID/ID.met.json`, its browse images and its files. A faulty one comes as a fault, and reading goes on.
 *
 * @param source path of a directory or ZIP archive of products, or of a single product
 * @throws ImportError `IMPORT_SOURCE_UNREADABLE` on the first step, when nothing can be read or no product is there
 */
export async function* readHysds(
  source: string,
  options: HysdsOptions = {},
): AsyncGenerator<ImportItem | ImportFault, void, void> {
  const tree = await openTree(source)
  const own = basename(resolve(source))
  const isProduct = (await tree.file(`${own}.dataset.json`)) !== undefined
  const folders = isProduct ? [''] : naturalOrder(await tree.folders(''))
  if (folders.length === 0)
    throw new ImportError('IMPORT_SOURCE_UNREADABLE', `${source} has no folders of products`)
  yield* mapAhead(folders, AHEAD, (folder) =>
    readProduct(tree, folder, { ...options, id: isProduct ? own : folder }),
  )
}

async function readProduct(
  tree: FileTree,
  folder: string,
  { id, dataset, type }: HysdsOptions & { readonly id: string },
): Promise<ImportItem | ImportFault> {
  try {
    const file = joinPath(folder, `${id}.dataset.json`)
    const described = await parseJsonFile(tree, file)
    if (described === undefined) {
      throw new ImportError('IMPORT_ITEM_FAULTY', `there is no ${id}.dataset.json`, { file })
    }
    const metadata = (await parseJsonFile(tree, joinPath(folder, `${id}.met.json`))) ?? {}
    const name = text(described, 'dataset') ?? text(metadata, 'dataset') ?? dataset
    const kind = text(described, 'dataset_type') ?? text(metadata, 'dataset_type') ?? type
    const document = {
      ...described,
      id,
      ...(name !== undefined && { dataset: name }),
      ...(kind !== undefined && { dataset_type: kind }),
      metadata: isJsonObject(described['metadata']) ? { ...described['metadata'], ...metadata } : metadata,
    }
    return {
      kind: 'item',
      key: id,
      ...datasetItem(document, { file }),
      handle: null,
      collections: [],
      files: await productFiles(tree, folder, id),
    }
  } catch (error) {
    const fault = faultOf(id, error)
    if (fault === null) throw error
    return fault
  }
}

function text(object: JsonObject, name: string): string | undefined {
  const value = Object.hasOwn(object, name) ? object[name] : undefined
  return typeof value === 'string' && value !== '' ? value : undefined
}
