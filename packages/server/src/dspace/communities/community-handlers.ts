import type { UseCases } from '@hexapla/repository'
import type { SerializedJson } from '@hexapla/rest'
import { expectedVersion } from '../hal/etag.ts'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { queryUuid, uuidOf } from '../hal/path-id.ts'
import { readPatch } from '../hal/read-patch.ts'
import { parseRecordDocument, requireUnaltered } from '../hal/record-document.ts'
import { resource, resourcePage } from '../hal/resource.ts'

export interface CommunityDeps extends HalDeps {
  readonly communities: UseCases['communities']
}

/** `core/communities` (RestContract communities.md, "Main Endpoint", "Creating communities"). */
export class CommunitiesHandler extends HalHandler<CommunityDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { community } = this.deps.types
    const page = await this.deps.communities.list(this.actor, { scope: 'all' }, this.pageRequest())
    return this.answerPage(resourcePage(community, page), community.plural, { searchable: true })
  }

  override async post(): Promise<SerializedJson | undefined> {
    const parentId = this.request.query.has('parent') ? queryUuid(this.request, 'parent') : null
    const { metadata } = parseRecordDocument(await this.request.json())
    const community = await this.deps.communities.create(this.actor, { parentId, metadata })
    return this.answerCreated(resource(this.deps.types.community, community))
  }
}

/** `core/communities/:id` (RestContract communities.md, "Single Community" and what changes it). */
export class CommunityHandler extends HalHandler<CommunityDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const community = await this.deps.communities.read(this.actor, uuidOf(this.request))
    return this.answer(resource(this.deps.types.community, community))
  }

  override async put(): Promise<SerializedJson | undefined> {
    const { communities, types } = this.deps
    const expected = expectedVersion(this.request)
    const before = await communities.read(this.actor, uuidOf(this.request))
    const document = parseRecordDocument(await this.request.json())
    requireUnaltered(document, { ...before, type: types.community.type })
    const change = { id: before.id, metadata: document.metadata, expected }
    return this.answer(resource(types.community, await communities.replace(this.actor, change)))
  }

  override async patch(): Promise<SerializedJson | undefined> {
    const id = uuidOf(this.request)
    const expected = expectedVersion(this.request)
    const patch = await readPatch(this.request)
    const community = await this.deps.communities.patch(this.actor, { id, patch, expected })
    return this.answer(resource(this.deps.types.community, community))
  }

  override async delete(): Promise<void> {
    await this.deps.communities.delete(this.actor, {
      id: uuidOf(this.request),
      expected: expectedVersion(this.request),
    })
  }
}
