import { policyResource } from './access/policy-resource.ts'
import { bitstreamResource } from './bitstreams/bitstream-resource.ts'
import { bundleResource } from './bundles/bundle-resource.ts'
import { collectionResource } from './collections/collection-resource.ts'
import { templateResource } from './collections/template-resource.ts'
import { communityResource } from './communities/community-resource.ts'
import type { ResourceTypes } from './hal/resource-types.ts'
import { itemResource } from './items/item-resource.ts'
import { groupResource } from './people/group-resource.ts'
import { personResource } from './people/person-resource.ts'
import { entityTypeResource } from './relationships/entity-type-resource.ts'
import { relationshipResource } from './relationships/relationship-resource.ts'
import { relationshipTypeResource } from './relationships/relationship-type-resource.ts'
import { fieldResource } from './registries/field-resource.ts'
import { formatResource } from './registries/format-resource.ts'
import { schemaResource } from './registries/schema-resource.ts'
import { siteResource } from './sites/site-resource.ts'

/** How each kind of record looks in the DSpace dialect. */
export const resourceTypes: ResourceTypes = {
  bitstream: bitstreamResource,
  bundle: bundleResource,
  collection: collectionResource,
  community: communityResource,
  entityType: entityTypeResource,
  field: fieldResource,
  format: formatResource,
  group: groupResource,
  item: itemResource,
  person: personResource,
  relationship: relationshipResource,
  relationshipType: relationshipTypeResource,
  policy: policyResource,
  schema: schemaResource,
  site: siteResource,
  template: templateResource,
}
