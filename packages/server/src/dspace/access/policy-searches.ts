import { ACTIONS, type Action, type Grantee, type Page, type ResourcePolicy } from '@hexapla/repository'
import { HttpError, type RestRequest, type SerializedJson } from '@hexapla/rest'
import { HalHandler } from '../hal/hal-handler.ts'
import { optionalQueryUuid, queryUuid } from '../hal/path-id.ts'
import { resourcePage } from '../hal/resource.ts'
import type { PolicyDeps } from './policy-handlers.ts'

/** The search methods of policies (RestContract resourcepolicies.md, "Search methods"). */
export const POLICY_SEARCHES = [
  'eperson{?uuid,resource}',
  'group{?uuid,resource}',
  'resource{?uuid,action}',
] as const

abstract class PolicySearchHandler extends HalHandler<PolicyDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { policy } = this.deps.types
    return this.answerPage(resourcePage(policy, await this.find()), policy.plural)
  }

  protected abstract find(): Promise<Page<ResourcePolicy>>

  /** The policies that name somebody, of the resource named in the query or of all. */
  protected findOf(to: Grantee): Promise<Page<ResourcePolicy>> {
    const resourceId = optionalQueryUuid(this.request, 'resource')
    const input = resourceId === undefined ? { to } : { to, resourceId }
    return this.deps.access.listPoliciesOf(this.actor, input, this.pageRequest())
  }
}

/** `authz/resourcepolicies/search/eperson?uuid=&resource=`. */
export class PoliciesOfPersonHandler extends PolicySearchHandler {
  protected find(): Promise<Page<ResourcePolicy>> {
    return this.findOf({ personId: queryUuid(this.request, 'uuid') })
  }
}

/** `authz/resourcepolicies/search/group?uuid=&resource=`. */
export class PoliciesOfGroupHandler extends PolicySearchHandler {
  protected find(): Promise<Page<ResourcePolicy>> {
    return this.findOf({ groupId: queryUuid(this.request, 'uuid') })
  }
}

/** `authz/resourcepolicies/search/resource?uuid=&action=`. */
export class PoliciesOfResourceHandler extends PolicySearchHandler {
  protected find(): Promise<Page<ResourcePolicy>> {
    const resourceId = queryUuid(this.request, 'uuid')
    const action = queryAction(this.request)
    const input = action === undefined ? { resourceId } : { resourceId, action }
    return this.deps.access.listPolicies(this.actor, input, this.pageRequest())
  }
}

function queryAction(request: RestRequest): Action | undefined {
  const name = request.query.get('action') ?? ''
  const action = ACTIONS.find((candidate) => candidate === name)
  if (action !== undefined || name === '') return action
  const message = `must be one of ${ACTIONS.join(', ')}`
  throw new HttpError(400, 'argument-invalid', `The parameter action ${message}`, {
    fields: [{ name: 'action', message }],
  })
}
