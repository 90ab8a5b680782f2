import { DomainError } from '../errors.ts'
import type { Metadata } from '../metadata/metadata.ts'
import type { JsonObject } from '../patch/json-value.ts'
import { footprintOf, type Footprint } from './geometry/footprint.ts'
import type { Geometry } from './geometry/geojson.ts'
import { readSpatial } from './read-spatial.ts'
import { readTemporal, type Span } from './read-temporal.ts'

/** Where imports write when and where something was. */
export const TEMPORAL_FIELD = 'dcterms.temporal'
export const SPATIAL_FIELD = 'dcterms.spatial'
/** The fields that say when and where, the triggers' too: Dublin Core's `coverage`, which Islandora has, is both in one. */
const EXTENT_FIELDS = [TEMPORAL_FIELD, SPATIAL_FIELD, 'dc.coverage.temporal', 'dc.coverage.spatial']

/** When and where something was. */
export interface Extent extends Span {
  readonly footprint: Footprint | null
}

/** What an import tells of a dataset beside the item's metadata. */
export interface GivenDataset {
  /** In the words of HySDS: `id`, `dataset`, `dataset_type`, `version`, `starttime`, `metadata` … */
  readonly document: JsonObject & { readonly id: string }
  readonly extent: Extent
}

/** What is known of an item as a dataset. */
export interface DatasetPart {
  readonly given: GivenDataset['document'] | null
  readonly extent: Extent
  /** The values that span and footprint fit: while they stay, so does what an import told more exactly. */
  readonly source: { readonly times: readonly string[]; readonly places: readonly string[] }
}

/** Whether metadata name times or places at all. */
export function namesExtent(metadata: Metadata): boolean {
  return EXTENT_FIELDS.some((field) => metadata[field] !== undefined)
}

/** What an item is as a dataset: what an import told, or else what its metadata say. */
export function datasetPartOf(metadata: Metadata, given?: GivenDataset): DatasetPart {
  const values = EXTENT_FIELDS.flatMap((field) => (metadata[field] ?? []).map(({ value }) => value))
  const times = values.flatMap((value) => read(value, readTemporal))
  const places = values.flatMap((value) => read(value, readSpatial))
  const source = { times: times.map(({ value }) => value), places: places.map(({ value }) => value) }
  if (given !== undefined) return { given: given.document, extent: given.extent, source }
  return {
    given: null,
    source,
    extent: extentOf(
      times.map(({ told }) => told),
      places.map(({ told }) => told),
    ),
  }
}

function read<T>(value: string, reader: (text: string) => T | undefined): { value: string; told: T }[] {
  const told = reader(value)
  return told === undefined ? [] : [{ value, told }]
}

/** Several times make one span from the first to the last; several places make one footprint. */
function extentOf(spans: readonly Span[], geometries: readonly Geometry[]): Extent {
  return {
    start: ends(
      spans.map(({ start }) => start),
      Math.min,
    ),
    end: ends(
      spans.map(({ end }) => end),
      Math.max,
    ),
    footprint: together(geometries),
  }
}

/** One end of all spans; open where one of them is. */
function ends(all: readonly (number | null)[], choose: (...values: number[]) => number): number | null {
  const known = all.filter((end) => end !== null)
  return known.length === 0 || known.length < all.length ? null : choose(...known)
}

function together(geometries: readonly Geometry[]): Footprint | null {
  const [first, ...others] = geometries
  if (first === undefined) return null
  if (others.length === 0) return footprintOf(first)
  try {
    return footprintOf({ type: 'GeometryCollection', geometries })
  } catch (error) {
    // Each is within the globe, but all of them are not.
    if (error instanceof DomainError && error.code === 'INVALID') return null
    throw error
  }
}
