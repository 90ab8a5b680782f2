import { basename, dirname } from 'node:path'
import { formatMoment, parseMoment } from '../../domain/datasets/moment.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../domain/patch/json-value.ts'
import { datasetItem } from '../datasets/dataset-item.ts'
import { parseJsonFile } from '../datasets/parse-json-file.ts'
import { ImportError } from '../import-error.ts'
import { faultOf, type ImportFault, type ImportItem } from '../import-item.ts'
import { openTree } from '../tree/open-tree.ts'

/** What the features of a file are, and which of their properties say what. A dot leads into a property. */
export interface GeojsonOptions {
  /** The name of the datasets. */
  readonly dataset: string
  readonly type: string
  /** Names each for ever (default: the feature's own `id`). */
  readonly id?: string
  /** When it began: ISO 8601, or milliseconds since 1970. */
  readonly start?: string
  /** When it ended (default: as it began). */
  readonly end?: string
  /** What it is called (default `title`, `name`, then its id). */
  readonly label?: string
}

/**
 * Reads the features of a GeoJSON file (RFC 7946), each a dataset without files: its properties are the dataset's free
 * metadata. A faulty one comes as a fault, and reading goes on.
 *
 * @param source path of a file with a FeatureCollection or a Feature, of 256 MiB at most
 * @throws ImportError `IMPORT_SOURCE_UNREADABLE` on the first step
 */
export async function* readGeojson(
  source: string,
  options: GeojsonOptions,
): AsyncGenerator<ImportItem | ImportFault, void, void> {
  const file = basename(source)
  const collection = await readCollection(source, file)
  for (const [index, feature] of collection.entries()) yield readFeature(feature, { index, file, options })
}

async function readCollection(source: string, file: string): Promise<readonly JsonValue[]> {
  try {
    const found = await parseJsonFile(await openTree(dirname(source)), file)
    if (found?.['type'] === 'Feature') return [found]
    const features = found?.['features'] ?? null
    if (isJsonArray(features)) return features
  } catch (cause) {
    if (!(cause instanceof ImportError)) throw cause
    throw new ImportError('IMPORT_SOURCE_UNREADABLE', cause.message, { file }, { cause })
  }
  throw new ImportError('IMPORT_SOURCE_UNREADABLE', `${source} is no FeatureCollection of GeoJSON`, { file })
}

function readFeature(
  feature: JsonValue,
  { index, file, options }: { index: number; file: string; options: GeojsonOptions },
): ImportItem | ImportFault {
  const properties = isJsonObject(feature) && isJsonObject(feature['properties']) ? feature['properties'] : {}
  const own = isJsonObject(feature) ? feature['id'] : undefined
  const id = textOf(options.id === undefined ? own : (valueAt(properties, options.id) ?? own))
  const key = id ?? `feature-${index + 1}`
  try {
    if (!isJsonObject(feature))
      throw new ImportError('IMPORT_ITEM_FAULTY', 'a feature is an object', { file })
    if (id === undefined) throw new ImportError('IMPORT_ITEM_FAULTY', 'the feature has no id', { file })
    const start = timeText(properties, options.start)
    const end = options.end === undefined ? start : timeText(properties, options.end)
    const label = textOf(
      options.label === undefined
        ? (properties['title'] ?? properties['name'])
        : valueAt(properties, options.label),
    )
    const document = {
      id,
      dataset: options.dataset,
      dataset_type: options.type,
      label: label ?? id,
      ...(start !== undefined && { starttime: start }),
      ...(end !== undefined && { endtime: end }),
      ...((feature['geometry'] ?? null) !== null && { location: feature['geometry'] ?? null }),
      metadata: properties,
    }
    return { kind: 'item', key, ...datasetItem(document, { file }), handle: null, collections: [], files: [] }
  } catch (error) {
    const fault = faultOf(key, error)
    if (fault === null) throw error
    return fault
  }
}

/** A property, or what a path with dots leads to. */
function valueAt(properties: JsonObject, path: string): JsonValue | undefined {
  if (Object.hasOwn(properties, path)) return properties[path]
  return path
    .split('.')
    .reduce<JsonValue | undefined>(
      (value, name) => (isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined),
      properties,
    )
}

function textOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

/** Milliseconds are told as ISO 8601; what is neither is left to be refused. */
function timeText(properties: JsonObject, path: string | undefined): string | undefined {
  const value = path === undefined ? undefined : (valueAt(properties, path) ?? undefined)
  if (value === undefined) return undefined
  const isNumber =
    typeof value === 'number' ||
    (typeof value === 'string' && parseMoment(value) === undefined && /^-?\d+$/.test(value))
  const milliseconds = isNumber ? Number(value) : Number.NaN
  return Math.abs(milliseconds) <= 8.64e15
    ? formatMoment(Math.trunc(milliseconds))
    : (textOf(value) ?? JSON.stringify(value))
}
