import { termsDocument, type ResourcePolicy } from '@hexapla/repository'
import { embedOne, type Embed, type ResourceType } from '../hal/resource.ts'
import { recordResource } from '../identifiers/record-resource.ts'

const idOf = (policy: ResourcePolicy) => String(policy.id)

/** A policy may be on anything, so the kind is not known before. */
const embedResource: Embed<ResourcePolicy> = {
  kind: 'one',
  async load(view, policies) {
    const ids = new Set(policies.map(({ resourceId }) => resourceId))
    const found = await view.related.resources([...ids])
    return new Map(
      policies.flatMap((policy) => {
        const record = found.get(policy.resourceId)
        return record === undefined ? [] : [[idOf(policy), recordResource(view.types, record)] as const]
      }),
    )
  },
}

/** Policies (RestContract resourcepolicies.md, "Single Resource Policy"). */
export const policyResource: ResourceType<ResourcePolicy> = {
  type: 'resourcepolicy',
  plural: 'resourcepolicies',
  id: idOf,
  path: (policy) => `authz/resourcepolicies/${policy.id}`,
  properties: (policy) => ({
    id: policy.id,
    ...termsDocument(policy),
    type: 'resourcepolicy',
    uniqueType: 'authz.resourcepolicy',
  }),
  links: [
    {
      name: 'eperson',
      embed: embedOne(
        'person',
        idOf,
        (policy: ResourcePolicy) => policy.personId,
        (view, ids) => view.related.people(ids),
      ),
    },
    {
      name: 'group',
      embed: embedOne(
        'group',
        idOf,
        (policy: ResourcePolicy) => policy.groupId,
        (view, ids) => view.related.groups(ids),
      ),
    },
    { name: 'resource', embed: embedResource },
  ],
}
