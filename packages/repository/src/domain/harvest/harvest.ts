/** What is taken of a source beside metadata (RestContract collections.md, "Collection Harvesting Settings"). */
export const HARVEST_TYPES = ['NONE', 'METADATA_ONLY', 'METADATA_AND_REF', 'METADATA_AND_BITSTREAMS'] as const

export type HarvestType = (typeof HARVEST_TYPES)[number]

/** How a collection's harvest stands. `BUSY` also after a crash, until the next one goes on. */
export type HarvestStatus = 'READY' | 'BUSY' | 'QUEUED' | 'OAI_ERROR' | 'UNKNOWN_ERROR'

/** Formats of metadata that can be harvested (RestContract harvestermetadata.md). */
export const HARVEST_FORMATS = [
  { id: 'dc', label: 'Simple Dublin Core', nameSpace: 'http://www.openarchives.org/OAI/2.0/oai_dc/' },
  { id: 'qdc', label: 'Qualified Dublin Core', nameSpace: 'http://purl.org/dc/terms/' },
  { id: 'dim', label: 'DSpace Intermediate Metadata', nameSpace: 'http://www.dspace.org/xmlns/dspace/dim' },
] as const

/** The id of one of {@link HARVEST_FORMATS}. */
export type HarvestFormat = (typeof HARVEST_FORMATS)[number]['id']

/** Where a collection's items come from. */
export interface HarvestSettings {
  readonly type: Exclude<HarvestType, 'NONE'>
  /** The base address of an OAI-PMH provider. */
  readonly source: string
  /** The `setSpec` of a set; null or `all` for everything. */
  readonly setId: string | null
  readonly format: HarvestFormat
}

/** A collection's harvest: its settings and what has become of it. */
export interface Harvest extends HarvestSettings {
  readonly collectionId: string
  readonly status: HarvestStatus
  /** What the last harvest has to say, for people. */
  readonly message: string | null
  /** When the last harvest began. */
  readonly startedAt: Date | null
  /** When the last harvest that came to its end began. */
  readonly harvestedAt: Date | null
  /** Records changed since this moment of the source's clock are asked for next; null for all. */
  readonly nextFrom: Date | null
  /** A harvest that has not come to its end. */
  readonly running: RunningHarvest | null
  /** Counts the changes of the settings: a harvest under way ends when there are other ones. */
  readonly version: number
}

/** How far a harvest has come. */
export interface RunningHarvest {
  /** What the source answered the first request at, by its clock; null before the first answer. */
  readonly answeredAt: Date | null
  /** The resumption token of what comes next; null at the beginning. */
  readonly token: string | null
  /** Records that were left out so far. */
  readonly faulty: number
}

/** The set that is asked for, if it is not everything. */
export function wantedSet({ setId }: Pick<HarvestSettings, 'setId'>): string | null {
  return setId === 'all' ? null : setId
}
