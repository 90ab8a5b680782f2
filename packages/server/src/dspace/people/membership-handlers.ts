import type { SerializedJson } from '@hexapla/rest'
import { HalHandler } from '../hal/hal-handler.ts'
import { uuidOf } from '../hal/path-id.ts'
import { resourcePage } from '../hal/resource.ts'
import { uuidsOf } from '../hal/uri-list.ts'
import type { GroupDeps } from './group-handlers.ts'

/** `eperson/groups/:id/epersons` (RestContract epersongroups.md, "Epeople in a single EPerson Group"). */
export class MembersHandler extends HalHandler<GroupDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { person } = this.deps.types
    const page = await this.deps.groups.listMembers(this.actor, uuidOf(this.request), this.pageRequest())
    return this.answerPage(resourcePage(person, page), person.plural)
  }

  override async post(): Promise<void> {
    await this.deps.groups.addMembers(this.actor, {
      groupId: uuidOf(this.request),
      personIds: uuidsOf(await this.request.uriList(), 'eperson/epersons'),
    })
  }
}

/** `eperson/groups/:id/epersons/:personId`. */
export class MemberHandler extends HalHandler<GroupDeps> {
  override async delete(): Promise<void> {
    await this.deps.groups.removeMember(this.actor, {
      groupId: uuidOf(this.request),
      personId: uuidOf(this.request, 'personId'),
    })
  }
}

/** `eperson/groups/:id/subgroups` (RestContract epersongroups.md, "Sub Groups in a single parent EPerson Group"). */
export class SubgroupsHandler extends HalHandler<GroupDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { group } = this.deps.types
    const page = await this.deps.groups.listSubgroups(this.actor, uuidOf(this.request), this.pageRequest())
    return this.answerPage(resourcePage(group, page), group.plural)
  }

  override async post(): Promise<void> {
    await this.deps.groups.addSubgroups(this.actor, {
      groupId: uuidOf(this.request),
      subgroupIds: uuidsOf(await this.request.uriList(), 'eperson/groups'),
    })
  }
}

/** `eperson/groups/:id/subgroups/:groupId`. */
export class SubgroupHandler extends HalHandler<GroupDeps> {
  override async delete(): Promise<void> {
    await this.deps.groups.removeSubgroup(this.actor, {
      groupId: uuidOf(this.request),
      subgroupId: uuidOf(this.request, 'groupId'),
    })
  }
}
