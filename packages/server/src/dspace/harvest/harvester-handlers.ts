import { HARVEST_FORMATS, type UseCases } from '@hexapla/repository'
import { HttpError, type SerializedJson } from '@hexapla/rest'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { isObject } from '../hal/metadata-document.ts'
import { uuidOf } from '../hal/path-id.ts'
import { resource, type Resource } from '../hal/resource.ts'
import { requireCurrent } from '../registries/require-current.ts'
import { harvesterMetadataResource, harvesterResource } from './harvester-resource.ts'

export interface HarvesterDeps extends HalDeps {
  readonly harvests: Pick<UseCases['harvests'], 'read' | 'save'>
}

/** `core/collections/:id/harvester` (RestContract collections.md, "Collection Harvesting Settings"). */
export class HarvesterHandler extends HalHandler<HarvesterDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    return this.answer(await this.#read(uuidOf(this.request)))
  }

  override async put(): Promise<SerializedJson | undefined> {
    const collectionId = uuidOf(this.request)
    // Who may not is told so before what is wrong with the settings.
    const before = await this.#read(collectionId)
    const settings = parseSettings(await this.request.json())
    await requireCurrent(this.request, this.view, () => Promise.resolve(before))
    const harvest = await this.deps.harvests.save(this.actor, { collectionId, ...settings })
    return this.answer(resource(harvesterResource, { collectionId, harvest: harvest ?? null }))
  }

  async #read(collectionId: string): Promise<Resource> {
    const harvest = await this.deps.harvests.read(this.actor, collectionId)
    return resource(harvesterResource, { collectionId, harvest: harvest ?? null })
  }
}

/** `config/harvestermetadata` (RestContract harvestermetadata.md). */
export class HarvesterMetadataHandler extends HalHandler<HalDeps> {
  override get(): Promise<SerializedJson | undefined> {
    return this.answer(resource(harvesterMetadataResource, HARVEST_FORMATS))
  }
}

/**
 * Reads the document of settings. What it has beside them is passed over: the web client sends back all that it was
 * given.
 *
 * @throws HttpError 422 `document-invalid` for anything but an object of texts
 */
function parseSettings(document: unknown) {
  if (!isObject(document)) throw new HttpError(422, 'document-invalid', 'A JSON object is expected')
  const text = (name: string): string | null => {
    const value = document[name] ?? null
    if (value === null || typeof value === 'string') return value
    throw new HttpError(422, 'document-invalid', `${name} must be text`, {
      fields: [{ name, message: 'must be text' }],
    })
  }
  return {
    type: text('harvest_type'),
    source: text('oai_source'),
    setId: text('oai_set_id'),
    format: text('metadata_config_id'),
  }
}
