import type { UseCases } from '@hexapla/repository'
import type { SerializedJson } from '@hexapla/rest'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { numberOf, queryUuid } from '../hal/path-id.ts'
import { readPatch } from '../hal/read-patch.ts'
import { resource, type Resource } from '../hal/resource.ts'
import { requireCurrent } from '../registries/require-current.ts'
import { parsePolicyDocument, queryGrantee } from './policy-document.ts'

export interface PolicyDeps extends HalDeps {
  readonly access: UseCases['access']
}

/** `authz/resourcepolicies` (RestContract resourcepolicies.md, "Main Endpoint", "Creating a resource policy"). */
export class PoliciesHandler extends HalHandler<PolicyDeps> {
  override async post(): Promise<SerializedJson | undefined> {
    const resourceId = queryUuid(this.request, 'resource')
    const to = queryGrantee(this.request)
    const terms = parsePolicyDocument(await this.request.json())
    const policy = await this.deps.access.grantPolicy(this.actor, { ...terms, resourceId, to })
    return this.answerCreated(resource(this.deps.types.policy, policy))
  }
}

/** `authz/resourcepolicies/:id` (resourcepolicies.md, "Single Resource Policy", "Patch operations", "Deleting"). */
export class PolicyHandler extends HalHandler<PolicyDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    return this.answer(await this.#read())
  }

  override async patch(): Promise<SerializedJson | undefined> {
    const patch = await readPatch(this.request)
    await requireCurrent(this.request, this.view, () => this.#read())
    const policy = await this.deps.access.patchPolicy(this.actor, { id: numberOf(this.request), patch })
    return this.answer(resource(this.deps.types.policy, policy))
  }

  override async delete(): Promise<void> {
    await requireCurrent(this.request, this.view, () => this.#read())
    await this.deps.access.deletePolicy(this.actor, numberOf(this.request))
  }

  async #read(): Promise<Resource> {
    const policy = await this.deps.access.readPolicy(this.actor, numberOf(this.request))
    return resource(this.deps.types.policy, policy)
  }
}
