import type { ContainerReference, ContainerRole, Metadata, UseCases } from '@hexapla/repository'
import { HttpError, type SerializedJson } from '@hexapla/rest'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { uuidOf } from '../hal/path-id.ts'
import { parseRecordDocument } from '../hal/record-document.ts'
import { resource } from '../hal/resource.ts'

/** Which group of which kind of container a route is about. */
export interface RoleGroupDeps extends HalDeps {
  readonly kind: ContainerReference['kind']
  readonly role: ContainerRole
  readonly access: Pick<UseCases['access'], 'createRoleGroup' | 'deleteRoleGroup' | 'readRoleGroup'>
}

/** `…/:id/adminGroup` and its like (RestContract communities.md and collections.md, "Groups"). */
export class RoleGroupHandler extends HalHandler<RoleGroupDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const group = await this.deps.access.readRoleGroup(this.actor, this.#input)
    return group === undefined ? undefined : this.answer(resource(this.deps.types.group, group))
  }

  override async post(): Promise<SerializedJson | undefined> {
    const metadata = parseRoleGroup(await this.request.json())
    const group = await this.deps.access.createRoleGroup(this.actor, { ...this.#input, metadata })
    return this.answerCreated(resource(this.deps.types.group, group))
  }

  override async delete(): Promise<void> {
    await this.deps.access.deleteRoleGroup(this.actor, this.#input)
  }

  get #input(): { of: ContainerReference; role: ContainerRole } {
    return { of: { kind: this.deps.kind, id: uuidOf(this.request) }, role: this.deps.role }
  }
}

/** The name of such a group is given, and it can be deleted (RestContract communities.md, "Create … group"). */
function parseRoleGroup(body: unknown): Metadata {
  const { metadata, properties } = parseRecordDocument(body)
  const { name, permanent } = properties
  if (name !== undefined && name !== null) throw refused('name', 'is given, and must be left out')
  if (permanent === true || permanent === 'true') throw refused('permanent', 'must not be true')
  return metadata
}

function refused(name: string, message: string): HttpError {
  return new HttpError(422, 'group-invalid', `${name} ${message}`, { fields: [{ name, message }] })
}
