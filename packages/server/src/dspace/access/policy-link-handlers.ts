import type { UseCases } from '@hexapla/repository'
import type { SerializedJson } from '@hexapla/rest'
import { HalHandler } from '../hal/hal-handler.ts'
import { numberOf } from '../hal/path-id.ts'
import { single, uuidsOf } from '../hal/uri-list.ts'
import { recordResource } from '../identifiers/record-resource.ts'
import type { PolicyDeps } from './policy-handlers.ts'

export interface GranteeDeps extends PolicyDeps {
  /** Whom the address is about: policies for others answer 204. */
  readonly kind: 'person' | 'group'
}

/** `authz/resourcepolicies/:id/eperson` and `/group` (RestContract resourcepolicies.md, "Linked entities"). */
export class GranteeHandler extends HalHandler<GranteeDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const grantee = await this.deps.access.readGrantee(this.actor, numberOf(this.request))
    if (grantee.kind !== this.deps.kind) return undefined
    return this.answer(recordResource(this.deps.types, grantee))
  }

  override async put(): Promise<void> {
    const isPerson = this.deps.kind === 'person'
    const uris = await this.request.uriList()
    const uuid = single(uuidsOf(uris, isPerson ? 'eperson/epersons' : 'eperson/groups'), 422)
    await this.deps.access.changeGrantee(this.actor, {
      id: numberOf(this.request),
      to: isPerson ? { personId: uuid } : { groupId: uuid },
    })
  }
}

/** `authz/resourcepolicies/:id/resource`, for those who may read it too (resourcepolicies.md, "Resource"). */
export class PolicyResourceHandler extends HalHandler<
  PolicyDeps & { readonly records: Pick<UseCases['records'], 'find'> }
> {
  override async get(): Promise<SerializedJson | undefined> {
    const { access, records, types } = this.deps
    const { resourceId } = await access.readPolicy(this.actor, numberOf(this.request))
    return this.answer(recordResource(types, await records.find(this.actor, { uuid: resourceId })))
  }
}
