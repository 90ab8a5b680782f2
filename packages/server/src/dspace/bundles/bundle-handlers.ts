import type { UseCases } from '@hexapla/repository'
import type { SerializedJson } from '@hexapla/rest'
import { expectedVersion } from '../hal/etag.ts'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { uuidOf } from '../hal/path-id.ts'
import { readPatch } from '../hal/read-patch.ts'
import { resource, resourcePage } from '../hal/resource.ts'
import { withStatus } from '../http/with-status.ts'
import { parseBundleDocument } from './bundle-document.ts'

export interface BundleDeps extends HalDeps {
  readonly bundles: UseCases['bundles']
  readonly items: Pick<UseCases['items'], 'read'>
}

/** `core/items/:id/bundles` (RestContract items.md, "Bundles"). */
export class ItemBundlesHandler extends HalHandler<BundleDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { bundle } = this.deps.types
    const page = await this.deps.bundles.list(this.actor, uuidOf(this.request), this.pageRequest())
    return this.answerPage(resourcePage(bundle, page), bundle.plural)
  }

  override async post(): Promise<SerializedJson | undefined> {
    const itemId = uuidOf(this.request)
    const input = parseBundleDocument(await this.request.json())
    // "400 Bad Request - if the bundle name already exists in the item"
    const bundle = await withStatus({ CONFLICT: 400 }, () =>
      this.deps.bundles.create(this.actor, { ...input, itemId }),
    )
    return this.answerCreated(resource(this.deps.types.bundle, bundle))
  }
}

/** `core/bundles`: named by the root document, but without a list (RestContract bundles.md, "Main Endpoint"). */
export class BundlesHandler extends HalHandler<HalDeps> {}

/** `core/bundles/:id` (RestContract bundles.md, "Single Bundle", "Deleting a bundle", "Ordering bitstreams"). */
export class BundleHandler extends HalHandler<BundleDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const bundle = await this.deps.bundles.read(this.actor, uuidOf(this.request))
    return this.answer(resource(this.deps.types.bundle, bundle))
  }

  override async patch(): Promise<SerializedJson | undefined> {
    const id = uuidOf(this.request)
    const expected = expectedVersion(this.request)
    const patch = await readPatch(this.request)
    const bundle = await this.deps.bundles.patch(this.actor, { id, patch, expected })
    return this.answer(resource(this.deps.types.bundle, bundle))
  }

  override async delete(): Promise<void> {
    const id = uuidOf(this.request)
    await this.deps.bundles.delete(this.actor, { id, expected: expectedVersion(this.request) })
  }
}

/** `core/bundles/:id/item`. */
export class BundleItemHandler extends HalHandler<BundleDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { itemId } = await this.deps.bundles.read(this.actor, uuidOf(this.request))
    return this.answer(resource(this.deps.types.item, await this.deps.items.read(this.actor, itemId)))
  }
}
