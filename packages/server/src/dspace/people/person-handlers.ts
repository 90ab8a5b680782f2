import type { UseCases } from '@hexapla/repository'
import type { SerializedJson } from '@hexapla/rest'
import { expectedVersion } from '../hal/etag.ts'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { uuidOf } from '../hal/path-id.ts'
import { readPatch } from '../hal/read-patch.ts'
import { resource, resourcePage } from '../hal/resource.ts'
import { readPersonDocument } from './person-document.ts'

export interface PersonDeps extends HalDeps {
  readonly people: UseCases['people']
}

/** `eperson/epersons` (RestContract epersons.md, "Main Endpoint", "Create new EPerson"). */
export class PeopleHandler extends HalHandler<PersonDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { person } = this.deps.types
    const page = await this.deps.people.list(this.actor, {}, this.pageRequest())
    return this.answerPage(resourcePage(person, page), person.plural)
  }

  override async post(): Promise<SerializedJson | undefined> {
    const created = await this.deps.people.create(this.actor, await readPersonDocument(this.request))
    return this.answerCreated(resource(this.deps.types.person, created))
  }
}

/** `eperson/epersons/:id` (RestContract epersons.md, "Single EPerson", "Patch operations"). */
export class PersonHandler extends HalHandler<PersonDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const person = await this.deps.people.read(this.actor, uuidOf(this.request))
    return this.answer(resource(this.deps.types.person, person))
  }

  override async patch(): Promise<SerializedJson | undefined> {
    const person = await this.deps.people.patch(this.actor, {
      id: uuidOf(this.request),
      expected: expectedVersion(this.request),
      patch: await readPatch(this.request),
    })
    return this.answer(resource(this.deps.types.person, person))
  }

  override async delete(): Promise<void> {
    await this.deps.people.delete(this.actor, {
      id: uuidOf(this.request),
      expected: expectedVersion(this.request),
    })
  }
}

/** `eperson/epersons/:id/groups`. */
export class GroupsOfPersonHandler extends HalHandler<PersonDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { group } = this.deps.types
    const page = await this.deps.people.listGroups(this.actor, uuidOf(this.request), this.pageRequest())
    return this.answerPage(resourcePage(group, page), group.plural)
  }
}
