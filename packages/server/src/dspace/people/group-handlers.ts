import type { UseCases } from '@hexapla/repository'
import type { SerializedJson } from '@hexapla/rest'
import { expectedVersion } from '../hal/etag.ts'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { uuidOf } from '../hal/path-id.ts'
import { readPatch } from '../hal/read-patch.ts'
import { resource, resourcePage } from '../hal/resource.ts'
import { readGroupDocument } from './group-document.ts'

export interface GroupDeps extends HalDeps {
  readonly groups: UseCases['groups']
}

/** `eperson/groups` (RestContract epersongroups.md, "Main Endpoint", "Create new EPerson Group"). */
export class GroupsHandler extends HalHandler<GroupDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { group } = this.deps.types
    const page = await this.deps.groups.list(this.actor, {}, this.pageRequest())
    return this.answerPage(resourcePage(group, page), group.plural)
  }

  override async post(): Promise<SerializedJson | undefined> {
    const created = await this.deps.groups.create(this.actor, await readGroupDocument(this.request))
    return this.answerCreated(resource(this.deps.types.group, created))
  }
}

/** `eperson/groups/:id` (RestContract epersongroups.md, "Single EPerson Group", "Patch operations"). */
export class GroupHandler extends HalHandler<GroupDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const group = await this.deps.groups.read(this.actor, uuidOf(this.request))
    return this.answer(resource(this.deps.types.group, group))
  }

  override async patch(): Promise<SerializedJson | undefined> {
    const group = await this.deps.groups.patch(this.actor, {
      id: uuidOf(this.request),
      expected: expectedVersion(this.request),
      patch: await readPatch(this.request),
    })
    return this.answer(resource(this.deps.types.group, group))
  }

  override async delete(): Promise<void> {
    await this.deps.groups.delete(this.actor, {
      id: uuidOf(this.request),
      expected: expectedVersion(this.request),
    })
  }
}

/** `eperson/groups/:id/object` (RestContract epersongroups.md, "Related DSpace Object of group"). */
export class ContainerOfGroupHandler extends HalHandler<GroupDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const group = await this.deps.groups.read(this.actor, uuidOf(this.request))
    const container = (await this.view.related.containersOfGroups([group.id])).get(group.id)
    if (container === undefined) return undefined
    const { community, collection } = this.deps.types
    return this.answer(
      container.kind === 'community' ? resource(community, container) : resource(collection, container),
    )
  }
}
