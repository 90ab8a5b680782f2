import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { isJsonArray, isJsonObject } from '../../domain/patch/json-value.ts'
import type { JsonObject, JsonValue } from '../../domain/patch/json-value.ts'
import { ImportError } from '../import-error.ts'
import { faultOf } from '../import-item.ts'
import type { ImportFault, ImportItem } from '../import-item.ts'
import { joinPath, naturalOrder } from '../tree/file-tree.ts'
import type { FileTree } from '../tree/file-tree.ts'
import { openTree } from '../tree/open-tree.ts'
import { readText } from '../tree/read-text.ts'
import { readPackageInfo, text } from './descriptor.ts'
import type { DataPackageInfo } from './descriptor.ts'
import { resourceFiles } from './resource-files.ts'
import { resourceMetadata } from './resource-metadata.ts'

/** A Data Package: what it says of itself, and an item for each of its resources. */
export interface DataPackage {
  readonly package: DataPackageInfo
  readonly resources: AsyncIterable<ImportItem | ImportFault>
}

/** Descriptors hold description and small inline data: 64 MiB are far more than any has. */
const LIMIT = 64 * 1024 * 1024

/**
 * Reads a Frictionless Data Package of version 1 or 2 (<https://datapackage.org/standard/data-package/>). Each resource
 * is an item whose key is the resource's name; a faulty one, or one that lies elsewhere in the web, comes as a fault,
 * and reading goes on.
 *
 * @param source path of a descriptor (`….json`), of a directory or of a ZIP archive with a `datapackage.json`
 * @throws ImportError `IMPORT_SOURCE_UNREADABLE`, or `IMPORT_FILE_UNREADABLE` for the descriptor
 */
export async function readDataPackage(source: string): Promise<DataPackage> {
  const { tree, path } = await findDescriptor(source)
  const descriptor = await readDescriptor(tree, path)
  const info = readPackageInfo(descriptor)
  const base = path.split('/').slice(0, -1).join('/')
  const resources = descriptor['resources']
  if (resources === undefined || !isJsonArray(resources)) {
    throw new ImportError('IMPORT_SOURCE_UNREADABLE', `${path} has no list of resources`, { file: path })
  }
  return {
    package: info,
    resources: { [Symbol.asyncIterator]: () => readResources(tree, base, info, resources) },
  }
}

async function findDescriptor(source: string): Promise<{ tree: FileTree; path: string }> {
  const stats = await stat(source).catch(() => undefined)
  if (stats?.isFile() === true && source.endsWith('.json')) {
    return { tree: await openTree(dirname(source)), path: basename(source) }
  }
  const tree = await openTree(source)
  for (const folder of ['', ...naturalOrder(await tree.folders(''))]) {
    const files = await tree.files(folder)
    if (files.includes('datapackage.json')) return { tree, path: joinPath(folder, 'datapackage.json') }
  }
  throw new ImportError('IMPORT_SOURCE_UNREADABLE', `${source} has no datapackage.json`)
}

async function readDescriptor(tree: FileTree, path: string): Promise<JsonObject> {
  const content = await readText(tree, path, LIMIT)
  let descriptor: unknown
  try {
    descriptor = JSON.parse(content ?? '')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ImportError(
      'IMPORT_SOURCE_UNREADABLE',
      `${path} is no JSON: ${reason}`,
      { file: path },
      { cause },
    )
  }
  if (isJsonObject(descriptor)) return descriptor
  throw new ImportError('IMPORT_SOURCE_UNREADABLE', `${path} is no Data Package`, { file: path })
}

async function* readResources(
  tree: FileTree,
  base: string,
  info: DataPackageInfo,
  resources: readonly JsonValue[],
): AsyncGenerator<ImportItem | ImportFault, void, void> {
  const keys = new Set<string>()
  for (const [index, resource] of resources.entries()) {
    const key = (isJsonObject(resource) ? text(resource, 'name') : null) ?? `resource-${index + 1}`
    // Data Resource, "name": it must be unique in its package.
    const message = `there are several resources ${key}`
    if (keys.has(key)) yield { kind: 'fault', key, message, file: null, line: null }
    else yield await readResource(tree, base, info, resource, key)
    keys.add(key)
  }
}

async function readResource(
  tree: FileTree,
  base: string,
  info: DataPackageInfo,
  resource: JsonValue,
  key: string,
): Promise<ImportItem | ImportFault> {
  try {
    if (!isJsonObject(resource)) throw new ImportError('IMPORT_ITEM_FAULTY', 'a resource is an object')
    const files = await resourceFiles(tree, base, resource, key)
    const size = files.filter((file) => file.bundle === 'ORIGINAL').reduce((sum, file) => sum + file.size, 0)
    const metadata = resourceMetadata(resource, info, size)
    return { kind: 'item', key, metadata, handle: null, collections: [], files }
  } catch (error) {
    const fault = faultOf(key, error)
    if (fault === null) throw error
    return fault
  }
}
