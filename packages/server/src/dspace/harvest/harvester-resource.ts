import { HARVEST_FORMATS, type Harvest } from '@hexapla/repository'
import { momentText } from '../hal/moment.ts'
import { bareDocument } from '../hal/render.ts'
import { resource, type ResourceType } from '../hal/resource.ts'

/** The harvest of a collection, or that there is none. */
export interface CollectionHarvest {
  readonly collectionId: string
  readonly harvest: Harvest | null
}

/** The formats that can be harvested (RestContract harvestermetadata.md). They are the same everywhere. */
export const harvesterMetadataResource: ResourceType<typeof HARVEST_FORMATS> = {
  type: 'harvestermetadata',
  plural: 'harvestermetadata',
  id: () => 'harvestermetadata',
  path: () => 'config/harvestermetadata',
  properties: (formats) => ({ configs: formats, type: 'harvestermetadata' }),
  links: [],
}

/** The harvest settings of a collection (RestContract collections.md, "Collection Harvesting Settings"). */
export const harvesterResource: ResourceType<CollectionHarvest> = {
  type: 'harvestedcollection',
  plural: 'harvestedcollections',
  id: ({ collectionId }) => collectionId,
  path: ({ collectionId }) => `core/collections/${collectionId}/harvester`,
  properties: ({ harvest }, view) => ({
    harvest_type: harvest?.type ?? 'NONE',
    oai_source: harvest?.source ?? null,
    oai_set_id: harvest?.setId ?? null,
    harvest_message: harvest?.message ?? null,
    metadata_config_id: harvest?.format ?? null,
    harvest_status: harvest?.status ?? null,
    harvest_start_time: shown(harvest?.startedAt),
    last_harvested: shown(harvest?.harvestedAt),
    type: 'harvestedcollection',
    // Whether asked for or not: the web client chooses the format from them.
    _embedded: {
      harvestermetadata: bareDocument(view, resource(harvesterMetadataResource, HARVEST_FORMATS)),
    },
  }),
  links: [{ name: 'harvestermetadata', path: () => 'config/harvestermetadata' }],
}

function shown(moment: Date | null | undefined): string | null {
  return moment === null || moment === undefined ? null : momentText(moment)
}
