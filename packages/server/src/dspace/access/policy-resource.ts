import type { ResourcePolicy } from '@hexapla/repository'
import { embedOne, type ResourceType } from '../hal/resource.ts'

const idOf = (policy: ResourcePolicy) => String(policy.id)

/** Policies (RestContract resourcepolicies.md, "Single Resource Policy"). */
export const policyResource: ResourceType<ResourcePolicy> = {
  type: 'resourcepolicy',
  plural: 'resourcepolicies',
  id: idOf,
  path: (policy) => `authz/resourcepolicies/${policy.id}`,
  properties: (policy) => ({
    id: policy.id,
    name: policy.name,
    description: policy.description,
    policyType: `TYPE_${policy.origin.toUpperCase()}`,
    action: policy.action,
    startDate: policy.startDate,
    endDate: policy.endDate,
    type: 'resourcepolicy',
    uniqueType: 'authz.resourcepolicy',
  }),
  links: [
    {
      name: 'eperson',
      path: ({ personId }) => (personId === null ? null : `eperson/epersons/${personId}`),
      embed: embedOne(
        'person',
        idOf,
        (policy: ResourcePolicy) => policy.personId,
        (view, ids) => view.related.people(ids),
      ),
    },
    {
      name: 'group',
      path: ({ groupId }) => (groupId === null ? null : `eperson/groups/${groupId}`),
      embed: embedOne(
        'group',
        idOf,
        (policy: ResourcePolicy) => policy.groupId,
        (view, ids) => view.related.groups(ids),
      ),
    },
  ],
}
