import { HttpError, type FieldFault, type SerializedJson } from '@hexapla/rest'
import { expectedVersion } from '../hal/etag.ts'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { uuidOf } from '../hal/path-id.ts'
import { readPatch } from '../hal/read-patch.ts'
import { parseRecordDocument, type RecordDocument } from '../hal/record-document.ts'
import { resource } from '../hal/resource.ts'
import type { CollectionDeps } from './collection-handlers.ts'

/** `core/collections/:id/itemtemplate` (RestContract collections.md, "Item template"). */
export class TemplateOfCollectionHandler extends HalHandler<CollectionDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const template = await this.deps.collections.readTemplateOf(this.actor, uuidOf(this.request))
    return template === undefined ? undefined : this.answer(resource(this.deps.types.template, template))
  }

  override async post(): Promise<SerializedJson | undefined> {
    const collectionId = uuidOf(this.request)
    const document = parseRecordDocument(await this.request.json())
    refuseStates(document)
    const { metadata } = document
    const template = await this.deps.collections.createTemplate(this.actor, { collectionId, metadata })
    return this.answerCreated(resource(this.deps.types.template, template))
  }
}

/** `core/itemtemplates`: the root document names it, but there is no list (RestContract itemtemplates.md). */
export class TemplatesHandler extends HalHandler<HalDeps> {}

/** `core/itemtemplates/:id` (RestContract itemtemplates.md). */
export class TemplateHandler extends HalHandler<CollectionDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const template = await this.deps.collections.readTemplate(this.actor, uuidOf(this.request))
    return this.answer(resource(this.deps.types.template, template))
  }

  override async patch(): Promise<SerializedJson | undefined> {
    const id = uuidOf(this.request)
    const expected = expectedVersion(this.request)
    const patch = await readPatch(this.request)
    const template = await this.deps.collections.patchTemplate(this.actor, { id, patch, expected })
    return this.answer(resource(this.deps.types.template, template))
  }

  override async delete(): Promise<void> {
    await this.deps.collections.deleteTemplate(this.actor, {
      id: uuidOf(this.request),
      expected: expectedVersion(this.request),
    })
  }
}

/** These may be sent, but not as true (RestContract collections.md, "Create Item template"). */
function refuseStates({ properties }: RecordDocument): void {
  const faults: FieldFault[] = ['inArchive', 'discoverable', 'withdrawn']
    .filter((name) => properties[name] === true || properties[name] === 'true')
    .map((name) => ({ name, message: 'must not be true' }))
  if (faults.length === 0) return
  const names = faults.map((fault) => fault.name).join(', ')
  throw new HttpError(422, 'template-invalid', `Must not be true of a template: ${names}`, { fields: faults })
}
