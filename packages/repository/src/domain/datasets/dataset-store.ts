import type { Grants } from '../access/grants.ts'
import type { JsonObject } from '../patch/json-value.ts'
import type { Metadata } from '../metadata/metadata.ts'
import type { Footprint } from './geometry/footprint.ts'
import type { Geometry } from './geometry/geojson.ts'
import type { Box } from './geometry/shape.ts'
import type { Span } from './read-temporal.ts'

/** What datasets to find; all conditions hold together. Times are in milliseconds since 1970, one without the time never fits. */
export interface DatasetConditions {
  readonly grants: Grants
  readonly name?: string
  readonly type?: string
  readonly start?: Limits
  readonly end?: Limits
  /** Something of the dataset's footprint must be in it. */
  readonly footprint?: Footprint
}

/** Limits of a time. */
export interface Limits {
  readonly from?: number
  readonly after?: number
  readonly before?: number
}

/** Where a dataset stands in lists: the newest start first, those without one last, then by uuid. */
export interface DatasetPlace {
  readonly startMs: number | null
  readonly recordId: string
}

/** Which of the datasets found to tell. */
export interface DatasetWindow {
  readonly offset: number
  readonly size: number
  /** Those behind a place alone. */
  readonly after?: DatasetPlace
}

/** A page of datasets. */
export interface DatasetPage {
  /** All that were found, whatever the window. */
  readonly total: number
  readonly places: readonly DatasetPlace[]
}

/** A file of a dataset that the actor may read. */
export interface DatasetFile {
  /** uuid of the bitstream */
  readonly id: string
  readonly name: string
  readonly bundle: string
}

/** All there is to tell about a dataset. */
export interface Dataset extends Span {
  readonly id: string
  readonly recordId: string
  /** Null where an item is in no collection, or in one without a title. */
  readonly name: string | null
  readonly type: string
  readonly title: string | null
  /** What an import told; null for items that are datasets by their metadata. */
  readonly given: JsonObject | null
  readonly geometry: Geometry | null
  readonly box: Box | null
  readonly metadata: Metadata
  readonly files: readonly DatasetFile[]
}

export interface DatasetReader {
  /** The types of all datasets, or of those of a name, in alphabetical order. */
  types(grants: Grants, name?: string): Promise<readonly string[]>
  /** The names of all datasets, or of those of a type, in alphabetical order. */
  names(grants: Grants, type?: string): Promise<readonly string[]>
  search(conditions: DatasetConditions, window: DatasetWindow): Promise<DatasetPage>
  /** The ids of datasets by their uuids, in this order. */
  idsOf(recordIds: readonly string[]): Promise<readonly string[]>
  /** The dataset of an id. */
  find(id: string, grants: Grants): Promise<Dataset | undefined>
  /** Datasets by their uuids, in this order; what is not granted is left out. */
  findAll(recordIds: readonly string[], grants: Grants): Promise<readonly Dataset[]>
  /** Which of the ids are taken. */
  taken(ids: readonly string[]): Promise<ReadonlySet<string>>
}

export interface DatasetStore extends DatasetReader {
  /** Reads some items whose times and places were never read. @returns how many */
  readSome(limit: number): Promise<number>
}
