import type { UseCases } from '@hexapla/repository'
import type { SerializedJson } from '@hexapla/rest'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { numberOf } from '../hal/path-id.ts'
import { resource } from '../hal/resource.ts'

/** `authz/resourcepolicies/:id` (RestContract resourcepolicies.md, "Single Resource Policy"). */
export class PolicyHandler extends HalHandler<
  HalDeps & { readonly access: Pick<UseCases['access'], 'readPolicy'> }
> {
  override async get(): Promise<SerializedJson | undefined> {
    const policy = await this.deps.access.readPolicy(this.actor, numberOf(this.request))
    return this.answer(resource(this.deps.types.policy, policy))
  }
}
