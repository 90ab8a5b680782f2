import type { UseCases } from '@hexapla/repository'
import type { SerializedJson } from '@hexapla/rest'
import { expectedVersion } from '../hal/etag.ts'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { queryUuid, uuidOf } from '../hal/path-id.ts'
import { readPatch } from '../hal/read-patch.ts'
import { parseRecordDocument, requireUnaltered } from '../hal/record-document.ts'
import { resource, resourcePage } from '../hal/resource.ts'

export interface CollectionDeps extends HalDeps {
  readonly collections: UseCases['collections']
}

/** `core/collections` (RestContract collections.md, "Main Endpoint", "Creating a collection"). */
export class CollectionsHandler extends HalHandler<CollectionDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { collection } = this.deps.types
    const page = await this.deps.collections.list(this.actor, {}, this.pageRequest())
    return this.answerPage(resourcePage(collection, page), collection.plural, { searchable: true })
  }

  override async post(): Promise<SerializedJson | undefined> {
    const parentId = queryUuid(this.request, 'parent')
    const { metadata } = parseRecordDocument(await this.request.json())
    const collection = await this.deps.collections.create(this.actor, { parentId, metadata })
    return this.answerCreated(resource(this.deps.types.collection, collection))
  }
}

/** `core/collections/:id` (RestContract collections.md, "Single Collection" and what changes it). */
export class CollectionHandler extends HalHandler<CollectionDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const collection = await this.deps.collections.read(this.actor, uuidOf(this.request))
    return this.answer(resource(this.deps.types.collection, collection))
  }

  override async put(): Promise<SerializedJson | undefined> {
    const { collections, types } = this.deps
    const expected = expectedVersion(this.request)
    const before = await collections.read(this.actor, uuidOf(this.request))
    const document = parseRecordDocument(await this.request.json())
    requireUnaltered(document, { ...before, type: types.collection.type })
    const change = { id: before.id, metadata: document.metadata, expected }
    return this.answer(resource(types.collection, await collections.replace(this.actor, change)))
  }

  override async patch(): Promise<SerializedJson | undefined> {
    const id = uuidOf(this.request)
    const expected = expectedVersion(this.request)
    const patch = await readPatch(this.request)
    const collection = await this.deps.collections.patch(this.actor, { id, patch, expected })
    return this.answer(resource(this.deps.types.collection, collection))
  }

  override async delete(): Promise<void> {
    await this.deps.collections.delete(this.actor, {
      id: uuidOf(this.request),
      expected: expectedVersion(this.request),
    })
  }
}
