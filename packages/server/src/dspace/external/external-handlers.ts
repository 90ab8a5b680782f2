import type { UseCases } from '@hexapla/repository'
import { HttpError, type RestRequest, type SerializedJson } from '@hexapla/rest'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { resource, resourcePage } from '../hal/resource.ts'
import { externalEntryResource, externalSourceResource } from './external-resources.ts'

export interface ExternalDeps extends HalDeps {
  readonly externalSources: UseCases['externalSources']
}

/** The search methods of external sources. */
export const EXTERNAL_SEARCHES = ['findByEntityType{?entityType}'] as const

/** `integration/externalsources` (RestContract external-authority-sources.md, "Main Endpoint"). */
export class ExternalSourcesHandler extends HalHandler<ExternalDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const page = this.deps.externalSources.list(this.actor, {}, this.pageRequest())
    return this.answerPage(resourcePage(externalSourceResource, page), externalSourceResource.plural, {
      searchable: true,
    })
  }
}

/** `integration/externalsources/search/findByEntityType`. */
export class ExternalSourcesByTypeHandler extends HalHandler<ExternalDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const entityType = neededText(this.request, 'entityType')
    const page = this.deps.externalSources.list(this.actor, { entityType }, this.pageRequest())
    return this.answerPage(resourcePage(externalSourceResource, page), externalSourceResource.plural)
  }
}

/** `integration/externalsources/:source`. */
export class ExternalSourceHandler extends HalHandler<ExternalDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const source = this.deps.externalSources.read(this.actor, this.request.param('source'))
    return this.answer(resource(externalSourceResource, source))
  }
}

/** `integration/externalsources/:source/entityTypes` (RestContract, "supported entity types"). */
export class TypesOfExternalSourceHandler extends HalHandler<ExternalDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { externalSources, types } = this.deps
    const id = this.request.param('source')
    const page = await externalSources.listTypes(this.actor, id, this.pageRequest())
    return this.answerPage(resourcePage(types.entityType, page), types.entityType.plural)
  }
}

/** `integration/externalsources/:source/entries` (RestContract, "external source entries"). */
export class ExternalEntriesHandler extends HalHandler<ExternalDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { externalSources } = this.deps
    const sourceId = this.request.param('source')
    externalSources.read(this.actor, sourceId)
    const search = { sourceId, words: neededText(this.request, 'query'), signal: this.request.signal }
    const page = await externalSources.search(this.actor, search, this.pageRequest())
    return this.answerPage(resourcePage(externalEntryResource, page), externalEntryResource.plural)
  }
}

/** `integration/externalsources/:source/entryValues/:entryId` (RestContract, "single entry"). */
export class ExternalEntryHandler extends HalHandler<ExternalDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { externalSources } = this.deps
    const [sourceId, id] = [this.request.param('source'), this.request.param('entryId')]
    const entry = await externalSources.readEntry(this.actor, { sourceId, id, signal: this.request.signal })
    return this.answer(resource(externalEntryResource, entry))
  }
}

function neededText(request: RestRequest, name: string): string {
  const value = request.query.get(name)?.trim() ?? ''
  if (value !== '') return value
  throw new HttpError(400, 'argument-invalid', `The parameter ${name} is missing`, {
    fields: [{ name, message: 'is missing' }],
  })
}
