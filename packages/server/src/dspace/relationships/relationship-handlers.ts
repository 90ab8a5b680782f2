import type { Side, UseCases } from '@hexapla/repository'
import { ArgumentHandler, HttpError, integer, nullable, string, type SerializedJson } from '@hexapla/rest'
import { expectedVersion } from '../hal/etag.ts'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { numberOf, uuidOf } from '../hal/path-id.ts'
import { resource, resourcePage } from '../hal/resource.ts'
import { uuidsOf } from '../hal/uri-list.ts'
import { parseCopyChoice } from './copy-choice.ts'
import { queryNumber } from './query-arguments.ts'

export interface RelationshipDeps extends HalDeps {
  readonly relationships: UseCases['relationships']
  readonly relationshipTypes: UseCases['relationshipTypes']
}

/** `core/relationships` (RestContract relationships.md, "Main Endpoint", "Creating a relationship"). */
export class RelationshipsHandler extends HalHandler<RelationshipDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { relationship } = this.deps.types
    const page = await this.deps.relationships.list(this.actor, this.pageRequest())
    return this.answerPage(resourcePage(relationship, page), relationship.plural, { searchable: true })
  }

  override async post(): Promise<SerializedJson | undefined> {
    const typeId = queryNumber(this.request, 'relationshipType')
    const { query } = this.request
    const [leftItemId, rightItemId, ...others] = uuidsOf(await this.request.uriList(), 'core/items')
    if (leftItemId === undefined || rightItemId === undefined || others.length > 0) {
      throw new HttpError(422, 'two-uris-expected', 'A relationship is made of the URIs of two items')
    }
    const created = await this.deps.relationships.create(this.actor, {
      typeId,
      leftItemId,
      rightItemId,
      leftwardValue: query.get('leftwardValue'),
      rightwardValue: query.get('rightwardValue'),
    })
    return this.answerCreated(resource(this.deps.types.relationship, created))
  }
}

/** What is read of the document of a relationship. */
export const relationshipDocument = new ArgumentHandler('json', { unrecognized: 'ignore' })
  .add('leftPlace', { type: nullable(integer()), default: null })
  .add('rightPlace', { type: nullable(integer()), default: null })
  .add('leftwardValue', { type: nullable(string()), default: null })
  .add('rightwardValue', { type: nullable(string()), default: null })

/** `core/relationships/:id` (RestContract relationships.md). */
export class RelationshipHandler extends HalHandler<RelationshipDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const found = await this.deps.relationships.read(this.actor, numberOf(this.request))
    return this.answer(resource(this.deps.types.relationship, found))
  }

  override async put(): Promise<SerializedJson | undefined> {
    const id = numberOf(this.request)
    const expected = expectedVersion(this.request)
    const document = await relationshipDocument.parse(this.request)
    const changed = await this.deps.relationships.change(this.actor, { id, expected, ...document })
    return this.answer(resource(this.deps.types.relationship, changed))
  }

  override async delete(): Promise<void> {
    await this.deps.relationships.delete(this.actor, {
      id: numberOf(this.request),
      copy: parseCopyChoice(this.request),
      expected: expectedVersion(this.request),
    })
  }
}

/** `core/relationships/:id/leftItem` and `rightItem` (RestContract relationships.md, "Updating the items"). */
export class RelatedItemHandler extends HalHandler<RelationshipDeps & { readonly side: Side }> {
  override async put(): Promise<SerializedJson | undefined> {
    const { relationships, side, types } = this.deps
    const [itemId, ...others] = uuidsOf(await this.request.uriList(), 'core/items')
    if (itemId === undefined || others.length > 0) {
      throw new HttpError(422, 'one-uri-expected', 'Exactly one URI of an item is expected')
    }
    const id = numberOf(this.request)
    const expected = expectedVersion(this.request)
    const changed = await relationships.replaceItem(this.actor, { id, side, itemId, expected })
    return this.answer(resource(types.relationship, changed))
  }
}

/** `core/relationships/:id/relationshipType`. */
export class TypeOfRelationshipHandler extends HalHandler<RelationshipDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { relationships, relationshipTypes, types } = this.deps
    const { typeId } = await relationships.read(this.actor, numberOf(this.request))
    return this.answer(resource(types.relationshipType, await relationshipTypes.read(this.actor, typeId)))
  }
}

/** `core/items/:id/relationships` (RestContract items.md, "Relationships per item"). */
export class RelationshipsOfItemHandler extends HalHandler<RelationshipDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { relationship } = this.deps.types
    const id = uuidOf(this.request)
    const page = await this.deps.relationships.listOfItem(this.actor, id, this.pageRequest())
    return this.answerPage(resourcePage(relationship, page), relationship.plural)
  }
}
