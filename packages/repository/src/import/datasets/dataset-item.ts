import type { GivenDataset } from '../../domain/datasets/dataset-part.ts'
import { SPATIAL_FIELD, TEMPORAL_FIELD } from '../../domain/datasets/dataset-part.ts'
import { footprintOf } from '../../domain/datasets/geometry/footprint.ts'
import { parseGeometry } from '../../domain/datasets/geometry/geojson.ts'
import type { Box } from '../../domain/datasets/geometry/shape.ts'
import { formatMoment, parseMoment } from '../../domain/datasets/moment.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Metadata } from '../../domain/metadata/metadata.ts'
import { metadataValue } from '../../domain/metadata/metadata.ts'
import type { JsonObject, JsonValue } from '../../domain/patch/json-value.ts'
import { ImportError } from '../import-error.ts'
import { createMetadataBuilder } from '../metadata-builder.ts'

/**
 * What a dataset is in the words of HySDS, as an item for every dialect: its metadata say by name, time and bounding box
 * what the dataset says exactly.
 *
 * @param document `id`, and as far as known `dataset`, `dataset_type`, `label`, `starttime`, `endtime`, `location` …
 * @throws ImportError `IMPORT_ITEM_FAULTY` for times and places that are none
 */
export function datasetItem(
  document: JsonObject & { readonly id: string },
  { file, line }: { readonly file: string; readonly line?: number },
): { readonly metadata: Metadata; readonly dataset: GivenDataset } {
  const place = { file, ...(line !== undefined && { line }) }
  const start = timeOf(document, 'starttime', place)
  const end = timeOf(document, 'endtime', place)
  if (start !== null && end !== null && end < start) {
    throw new ImportError('IMPORT_ITEM_FAULTY', 'the dataset ends before it starts', place)
  }
  const footprint = footprintIn(document['location'] ?? null, place)
  const metadata = createMetadataBuilder()
  const add = (field: string, value: JsonValue | undefined): void => {
    if (typeof value === 'string' && value.trim() !== '') metadata.add(field, metadataValue(value))
  }
  add('dc.title', document['label'] ?? document.id)
  add('dc.identifier', document.id)
  add('dc.type', document['dataset_type'])
  add(TEMPORAL_FIELD, periodText(start, end))
  add(SPATIAL_FIELD, footprint === null ? undefined : boundsText(footprint.box))
  return { metadata: metadata.build(), dataset: { document, extent: { start, end, footprint } } }
}

function timeOf(document: JsonObject, name: string, place: { readonly file: string }): number | null {
  const value = document[name] ?? null
  if (value === null) return null
  const time = typeof value === 'string' ? parseMoment(value)?.first : undefined
  if (time !== undefined) return time
  throw new ImportError(
    'IMPORT_ITEM_FAULTY',
    `${name} is no time of ISO 8601: ${JSON.stringify(value).slice(0, 80)}`,
    place,
  )
}

function footprintIn(location: JsonValue, place: { readonly file: string }) {
  if (location === null) return null
  try {
    return footprintOf(parseGeometry(location))
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause
    throw new ImportError('IMPORT_ITEM_FAULTY', `the location is no footprint: ${cause.message}`, place, {
      cause,
    })
  }
}

/** A DCMI Period. */
function periodText(start: number | null, end: number | null): string | undefined {
  const parts = [
    ...(start === null ? [] : [`start=${formatMoment(start)}`]),
    ...(end === null ? [] : [`end=${formatMoment(end)}`]),
  ]
  return parts.length === 0 ? undefined : [...parts, 'scheme=W3C-DTF'].join('; ')
}

/** A DCMI Box, or Point. */
function boundsText(box: Box): string {
  const degrees = (value: number): number => (value > 180e9 ? value - 360e9 : value) / 1e9
  const [west, south, east, north] = [box.west, box.south, box.east, box.north].map(degrees)
  if (box.west === box.east && box.south === box.north) return `east=${west}; north=${south}`
  return `westlimit=${west}; southlimit=${south}; eastlimit=${east}; northlimit=${north}`
}
